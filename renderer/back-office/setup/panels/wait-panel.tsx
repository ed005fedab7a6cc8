import { useCallback, useState, type ReactNode } from 'react';
import { useT } from '../../../i18n/i18n.ts';
import { UnderWay } from '../../../components/figure.tsx';
import { useTickingText } from '../../../components/use-ticking.ts';

const wholes = ['setup.wait.check', 'setup.wait.ask', 'setup.wait.store', 'setup.wait.open'] as const;

/** What happens while a set-up is put into force, step by step, and how long it has taken so far. */
export function WaitPanel(): ReactNode {
  const t = useT();
  const [sinceMs] = useState(() => performance.now());
  const elapsed = useTickingText<HTMLElement>(
    useCallback(
      (nowMs: number) => t('setup.wait.elapsed', { count: Math.max(0, Math.floor((nowMs - sinceMs) / 1_000)) }),
      [t, sinceMs],
    ),
    sinceMs,
  );
  return (
    <div className="setup-big" data-testid="setup-wait" data-tone="process">
      <UnderWay />
      <h2 role="status">{t('setup.wait.title')}</h2>
      <ol className="setup-steps-list">
        {wholes.map((whole, index) => (
          <li key={whole}>
            <b>{index + 1}</b>
            {t(whole)}
          </li>
        ))}
      </ol>
      <p>
        {t('setup.wait.long')} <b ref={elapsed} />
      </p>
    </div>
  );
}
