import { useLayoutEffect, useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useModal } from '../../components/use-modal.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { codeHearer } from '../../input/code-listener.ts';
import { firstHearer, hearFirst } from '../../input/first-hearer.ts';
import type { Shown } from '../../input/scanned.ts';
import './code-try.css';

type What = Shown['what'];

const FOUND_KEYS = {
  code: 'selfTest.codeTry.found.code',
  alipay: 'selfTest.codeTry.found.alipay',
  unionpay: 'selfTest.codeTry.found.unionpay',
  'other-scan': 'selfTest.codeTry.found.other-scan',
} as const satisfies KeysOf<'selfTest.codeTry.found', What>;

/**
 * Whether this terminal's scanner or face device gives payment codes as the till needs them. Of a code only its length and
 * what it is are shown; it stays on this page for the moment of reading, and nobody is charged.
 */
export function CodeTry({ onEnd }: { readonly onEnd: () => void }): ReactNode {
  const t = useT();
  const dialog = useModal();
  const [found, setFound] = useState<{ readonly what: What; readonly keys: number } | null>(null);
  useLayoutEffect(() => {
    const before = firstHearer();
    hearFirst(codeHearer({ isWanted: () => true, tell: ({ what }, keys) => setFound({ what, keys }) }));
    return () => hearFirst(before);
  }, []);
  return (
    <dialog ref={dialog} className="code-try" aria-labelledby="code-try-title" data-testid="code-try" onCancel={onEnd}>
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <header className="dialog__top">
          <h2 id="code-try-title" className="dialog__title">
            {t('selfTest.codeTry.title')}
          </h2>
          <Button icon="close" label={t('selfTest.codeTry.close')} hint="Esc" testId="code-try-close" onPress={onEnd} />
        </header>
        <p>{t('selfTest.codeTry.hint')}</p>
        <p
          className="code-try__found"
          role="status"
          data-found={found?.what}
          data-tone={found === null ? 'process' : found.what === 'code' ? 'clear' : 'wait'}
          data-testid="code-try-found"
        >
          <Icon name={found === null ? 'hourglass' : found.what === 'code' ? 'circleCheck' : 'warning'} />
          {found === null ? t('selfTest.codeTry.waiting') : t(FOUND_KEYS[found.what], { count: found.keys })}
        </p>
      </div>
    </dialog>
  );
}
