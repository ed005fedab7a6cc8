import { useEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { SCAN_NOTE_MS } from '../../shared/timing.ts';
import { FaultBoundary } from '../components/fault-boundary.tsx';
import { Icon } from '../components/icon.tsx';
import { useT, type KeysOf } from '../i18n/i18n.ts';
import { ScanWords } from '../i18n/scan-words.tsx';
import { kiosk, useKiosk, type ScanNote as Said } from '../state/store.ts';
import './scan-note.css';

const WORDS = {
  'payment-code': 'scanned.payment-code',
  'no-number': 'scanned.no-number',
  'no-badge': 'scanned.no-badge',
  'no-payment': 'scanned.no-payment',
  'second-code': 'scanned.second-code',
  'other-scan': 'scanned.other-scan',
  alipay: 'scanned.alipay',
  unionpay: 'scanned.unionpay',
  'only-codes': 'scanned.only-codes',
} as const satisfies KeysOf<'scanned', Said['what']>;

/**
 * What a scan was that nothing took, for a moment. It lies over everything, dialogs too, and takes no tap. An open dialog
 * makes all outside it silent for screen readers, so there it is a part of that dialog.
 */
export const ScanNote = (): ReactNode => (
  <ScanWords>
    {/* Whatever goes wrong with a note, the till stays. */}
    <FaultBoundary fallback={null}>
      <Note />
    </FaultBoundary>
  </ScanWords>
);

function Note(): ReactNode {
  const t = useT();
  const said = useKiosk((state) => state.scanNote);
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const note = place.current;
    // The dialog that it was drawn into closed at that very moment: it is said once more, in what is open now.
    if (note?.isConnected === false) {
      kiosk.setState(({ scanNote }) => ({ scanNote: scanNote && { ...scanNote } }));
      return undefined;
    }
    // Shown once more, it comes to lie over a dialog that was opened after it.
    if (note?.matches(':popover-open') === true) note.hidePopover();
    note?.showPopover();
    const timer = setTimeout(() => kiosk.setState({ scanNote: null }), SCAN_NOTE_MS);
    return () => clearTimeout(timer);
  }, [said]);
  if (said === null) return null;
  const note = (
    <p ref={place} popover="manual" className="scan-note" role="alert" data-testid="scan-note" data-what={said.what}>
      <Icon name="keypad" />
      {t(WORDS[said.what])}
    </p>
  );
  const dialog = Array.from(document.querySelectorAll('dialog:modal')).at(-1);
  return dialog === undefined ? note : createPortal(note, dialog);
}
