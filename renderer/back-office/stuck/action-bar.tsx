import type { ReactNode } from 'react';
import { ACT_ON_MAX, type HeldAction } from '../../../shared/contract/stuck.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { actsOf, advisedFor, type ShownRow } from './stuck-state.ts';
import { ACT_KEYS } from './stuck-words.ts';

export interface ActionBarProps {
  readonly rows: readonly ShownRow[];
  readonly busy: boolean;
  readonly onQuery: () => void;
  readonly onAct: (action: HeldAction) => void;
  readonly onClear: () => void;
}

/**
 * How many orders are marked, and what can be done with them; blue is what their causes advise. A query is sent at once;
 * all other acts ask first.
 */
export function ActionBar({ rows, busy, onQuery, onAct, onClear }: ActionBarProps): ReactNode {
  const t = useT();
  const advised = advisedFor(rows.map(({ row }) => row));
  return (
    <div
      className="stuck__bar"
      role="toolbar"
      aria-label={t('stuck.selected', { count: rows.length })}
      data-testid="stuck-bar"
    >
      <p className="stuck__selected" role="status">
        <b>{t('stuck.selected', { count: rows.length })}</b>
        {rows.length >= ACT_ON_MAX && <span>{t('stuck.limit', { count: ACT_ON_MAX })}</span>}
      </p>
      <Button label={t('stuck.clear')} testId="stuck-clear" onPress={onClear} />
      <div className="stuck__acts">
        {actsOf(rows).map((action) => (
          <Button
            key={action}
            look={action === advised ? 'strong' : 'quiet'}
            label={t(ACT_KEYS[action])}
            busy={busy}
            testId={`act-${action}`}
            onPress={() => (action === 'query' ? onQuery() : onAct(action))}
          />
        ))}
      </div>
    </div>
  );
}
