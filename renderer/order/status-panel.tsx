import type { ReactNode } from 'react';
import type { Tone } from '../components/tone.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { Phrase } from '../components/phrase.tsx';
import { Technical } from '../components/technical.tsx';
import './status-panel.css';

export interface StatusPanelProps {
  readonly tone: Tone;
  readonly figure: ReactNode;
  /** The state's shape, where the figure itself is a number. */
  readonly sign?: IconName | null;
  readonly headline: string;
  /** A short addition to the headline. */
  readonly badge?: string | null;
  readonly lines: readonly string[];
  /** What the person at the screen does next, if there is anything to do. */
  readonly next: string | null;
  /** What a technician asks for; it stands behind a button. */
  readonly codes: string | null;
  /** What happens by itself, and when. */
  readonly wait?: ReactNode;
  readonly testId?: string;
}

/** The panel below the verdict: what is going on, why, and what comes next, beside one large figure. */
export function StatusPanel({
  tone,
  figure,
  sign = null,
  headline,
  badge = null,
  lines,
  next,
  codes,
  wait = null,
  testId,
}: StatusPanelProps): ReactNode {
  return (
    <section className="status-panel" data-tone={tone} tabIndex={0}>
      <div className="status-panel__inner">
        {figure}
        <div className="status-panel__words">
          <h2 className="status-panel__headline tone-word" data-testid={testId}>
            {sign !== null && <Icon name={sign} />}
            <Phrase>{headline}</Phrase>
            {badge !== null && <span className="status-panel__badge">{badge}</span>}
          </h2>
          {next !== null && (
            <p className="status-panel__next">
              <Phrase>{next}</Phrase>
            </p>
          )}
          {lines.map((line) => (
            <p key={line} className="status-panel__line">
              <Phrase>{line}</Phrase>
            </p>
          ))}
          {wait}
          {codes !== null && <Technical>{codes}</Technical>}
        </div>
      </div>
    </section>
  );
}
