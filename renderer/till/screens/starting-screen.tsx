import { useState, type ReactNode } from 'react';
import { passes } from '../../../shared/start-trouble.ts';
import { useT } from '../../i18n/i18n.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { Figure } from '../../components/figure.tsx';
import { StatusPanel } from '../../order/status-panel.tsx';
import { usePassed } from '../../components/use-ticking.ts';
import { useKiosk } from '../../state/store.ts';
import { startReason } from '../../i18n/code-words.ts';
import './starting-screen.css';

/** A start that takes longer than this has many orders to read. */
const LONG_AFTER_MS = 2_000;

/** Main has not answered yet, or has reported that a part of the terminal could not be opened. */
export function StartingScreen(): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const trouble = useKiosk((state) => state.startTrouble);
  const [longAtMs] = useState(() => performance.now() + LONG_AFTER_MS);
  const long = usePassed(longAtMs);
  if (trouble?.code === 'not-started') {
    return (
      <main className="starting" role="alert" data-testid="not-started" data-reason={trouble.field ?? undefined}>
        <StatusPanel
          tone="alarm"
          figure={<Figure icon="warning" />}
          headline={t('start.title')}
          lines={[t(passes(codeOf(trouble.field)) ? 'start.trying' : 'start.call', { reader })]}
          next={startReason(t, trouble.field)}
          codes={trouble.field}
        />
      </main>
    );
  }
  return (
    <main className="starting" data-testid="stage-starting">
      <p role="status">{t(trouble !== null ? 'app.notConnected' : long ? 'app.startingLong' : 'app.starting')}</p>
    </main>
  );
}

/** The code in main's `part:code`. */
const codeOf = (field: string | null): string => (field ?? '').split(':')[1] ?? '';
