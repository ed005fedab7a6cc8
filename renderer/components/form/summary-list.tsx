import type { ReactNode } from 'react';
import type { Tone } from '../tone.ts';
import { Button } from '../button.tsx';
import { Icon, type IconName } from '../icon.tsx';
import type { SummaryRow } from './summary-row.ts';
import './summary-list.css';

export interface SummaryListProps {
  readonly rows: readonly SummaryRow[];
}

const noteIcons: Readonly<Record<Tone, IconName>> = {
  process: 'dots',
  wait: 'warning',
  clear: 'circleCheck',
  paid: 'moneyIn',
  alarm: 'warning',
};

/** The settings, part by part, each with a button to change it. */
export function SummaryList({ rows }: SummaryListProps): ReactNode {
  return (
    <dl className="summary">
      {rows.map(({ id, name, value, note, action }) => (
        <div key={id} className="summary__row" data-testid={`summary-${id}`} data-tone={note?.tone}>
          <dt className="summary__name">{name}</dt>
          <dd className="summary__value">
            {value}
            {note !== undefined && (
              <span className="summary__note tone-word">
                <Icon name={noteIcons[note.tone]} />
                {note.words}
              </span>
            )}
          </dd>
          {action !== undefined && (
            <dd>
              <Button
                label={action.label}
                name={`${action.label}: ${name}`}
                testId={`change-${id}`}
                onPress={action.onPress}
              />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
