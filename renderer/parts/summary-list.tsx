import type { ReactNode } from 'react';
import type { Tone } from '../phase-words.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import './summary-list.css';

export interface SummaryRow {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** What is wrong with it, or good about it, by shape and word. */
  readonly note?: { readonly tone: Tone; readonly icon: IconName; readonly words: string };
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

export interface SummaryListProps {
  readonly rows: readonly SummaryRow[];
}

/** What has been set, part by part, each with the way to change it. */
export function SummaryList({ rows }: SummaryListProps): ReactNode {
  return (
    <dl className="summary">
      {rows.map(({ id, name, value, note, action }) => (
        <div key={id} className="summary__row" data-testid={`summary-${id}`} data-tone={note?.tone}>
          <dt className="summary__name">{name}</dt>
          <dd className="summary__value">
            {value}
            {note !== undefined && (
              <span className="summary__note">
                <Icon name={note.icon} />
                {note.words}
              </span>
            )}
          </dd>
          {action !== undefined && (
            <dd>
              <Button label={action.label} name={`${action.label}: ${name}`} testId={`change-${id}`} onPress={action.onPress} />
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
