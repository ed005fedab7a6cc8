import { useLayoutEffect, useState, type ReactNode } from 'react';
import { triedScanSchema, type TriedScan } from '../../../shared/contract/scanner.ts';
import type { Shown } from '../../../shared/order/payment-code.ts';
import type { CodePort } from '../../../shared/settings.ts';
import { call, listenBy } from '../../bridge/api.ts';
import { Button } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { useModal } from '../../components/use-modal.ts';
import { useT, type KeysOf, type Translate } from '../../i18n/i18n.ts';
import { codeHearer } from '../../input/code-listener.ts';
import { firstHearer, hearFirst } from '../../input/first-hearer.ts';
import './code-try.css';

type What = Shown['what'];
type Found = Exclude<TriedScan, { what: 'state' }>;
type PortState = Extract<TriedScan, { what: 'state' }>['state'];

const FOUND_KEYS = {
  code: 'selfTest.codeTry.found.code',
  alipay: 'selfTest.codeTry.found.alipay',
  unionpay: 'selfTest.codeTry.found.unionpay',
  'other-scan': 'selfTest.codeTry.found.other-scan',
} as const satisfies KeysOf<'selfTest.codeTry.found', What>;

const PORT_KEYS = {
  opening: 'selfTest.codeTry.port.opening',
  connected: 'selfTest.codeTry.port.connected',
  gone: 'selfTest.codeTry.port.gone',
  held: 'selfTest.codeTry.port.held',
  denied: 'selfTest.codeTry.port.denied',
  failed: 'selfTest.codeTry.port.failed',
} as const satisfies KeysOf<'selfTest.codeTry.port', PortState>;

export interface CodeTryProps {
  /** The port to be tried; `null`: the one that is set up, if there is one. */
  readonly port: CodePort | null;
  readonly onEnd: () => void;
}

/**
 * Whether this terminal's scanner or face device gives payment codes as the till needs them, by the keyboard or over a
 * serial port. Of a code only its length and what it is are shown; nobody is charged.
 */
export function CodeTry({ port, onEnd }: CodeTryProps): ReactNode {
  const t = useT();
  const dialog = useModal();
  const [found, setFound] = useState<Found | null>(null);
  const state = usePort(port, setFound);
  useLayoutEffect(() => {
    const before = firstHearer();
    hearFirst(
      codeHearer({
        isWanted: () => true,
        tell: ({ what }, length) => setFound({ what, length, ended: 'terminator', garbled: false }),
      }),
    );
    return () => hearFirst(before);
  }, []);
  const isDown = state !== null && state !== 'opening' && state !== 'connected';
  const [tone, icon]: readonly [Tone, IconName] =
    found === null
      ? isDown
        ? ['wait', 'plug']
        : ['process', 'hourglass']
      : found.what === 'code'
        ? ['clear', 'circleCheck']
        : ['wait', 'warning'];
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
          data-port={state ?? undefined}
          data-tone={tone}
          data-testid="code-try-found"
        >
          <Icon name={icon} />
          {found !== null
            ? foundWords(t, found)
            : t(state === null ? 'selfTest.codeTry.waiting' : PORT_KEYS[state], { port: port?.path ?? '' })}
        </p>
      </div>
    </dialog>
  );
}

/** The state of the serial port that is tried; `null` where there is none. */
function usePort(port: CodePort | null, onFound: (found: Found | null) => void): PortState | null {
  const [state, setState] = useState<PortState | null>(port === null ? null : 'opening');
  useLayoutEffect(() => {
    const stop = listenBy('scanner.tried', triedScanSchema, (tried) => {
      if (tried.what === 'state') {
        setState(tried.state);
        onFound(null);
      } else onFound(tried);
    });
    void call('scanner.try', { port });
    return () => {
      stop();
      void call('scanner.end-try', {});
    };
  }, [port, onFound]);
  return state;
}

function foundWords(t: Translate, { what, length, ended, garbled }: Found): string {
  if (garbled) return t('selfTest.codeTry.garbled', { count: length });
  const words = t(FOUND_KEYS[what], { count: length });
  return ended === 'silence' ? t('selfTest.codeTry.unended', { found: words }) : words;
}
