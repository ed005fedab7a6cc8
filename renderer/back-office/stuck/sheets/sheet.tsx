import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import { refusalWords } from '../../../i18n/code-words.ts';
import { useT } from '../../../i18n/i18n.ts';
import { useReaderRole } from '../../../i18n/reader-role.ts';
import { DialogTop } from '../../../components/dialog-top.tsx';
import { Icon } from '../../../components/icon.tsx';
import { KeyboardDock } from '../../../components/keys/keyboard-dock.tsx';
import { useModal } from '../../../components/use-modal.ts';
import { listenToInput } from '../../../input/input-listeners.ts';
import { kiosk, useKiosk } from '../../../state/store.ts';
import { stuck } from '../stuck-list.ts';
import '../../../components/problem-note.css';
import './sheet.css';

export interface SheetProps {
  readonly title: string;
  readonly testId: string;
  readonly onClose: () => void;
  /** Receives a scanned number. Without it a scan does nothing while the sheet is open. */
  readonly onScan?: (text: string) => void;
  readonly children: ReactNode;
  /** What stays in view at the bottom: the buttons that go on. */
  readonly foot?: ReactNode;
}

/**
 * A dialog over the list; the list does not move while it is open. The platform keeps the focus inside; Escape closes
 * it.
 */
export function Sheet({ title, testId, onClose, onScan, children, foot }: SheetProps): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const dialog = useModal();
  const problem = useKiosk((state) => (state.problem?.place === 'back-office' ? state.problem : null));
  useEffect(() => {
    kiosk.setState({ problem: null });
    stuck.setState({ busyWith: testId });
    return () => stuck.setState({ busyWith: null });
  }, [testId]);
  useLayoutEffect(() => listenToInput({ of: 'sheet', onScan: (text) => onScan?.(text) }), [onScan]);
  return (
    <dialog ref={dialog} className="sheet" aria-label={title} data-own-keys="" data-testid={testId} onCancel={onClose}>
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <DialogTop title={title} closeTestId={`${testId}-close`} onClose={onClose} />
        <div className="sheet__body">{children}</div>
        {problem !== null && (
          <p className="problem-note" role="alert" data-testid="sheet-error" data-code={problem.code}>
            <Icon name="warning" />
            {refusalWords(t, problem.code, problem.field, reader)}
          </p>
        )}
        {foot !== undefined && <footer className="sheet__foot">{foot}</footer>}
        <KeyboardDock />
      </div>
    </dialog>
  );
}
