import type { ReactNode } from 'react';
import type { ManagerAction } from '../../../shared/contract/stuck.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import type { Role } from '../../../shared/role.ts';
import { useT, type KeysOf, type Translate } from '../../i18n/i18n.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { refusalWords, stateWords } from '../../i18n/code-words.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { lookOf } from '../../order/phase-appearance.ts';
import { becameOf } from './became.ts';
import type { ShownResult } from './stuck-state.ts';

const DONE_KEYS = {
  query: 'stuck.done.query',
  'try-now': 'stuck.done.try-now',
  cancel: 'stuck.done.cancel',
  'hand-over': 'stuck.done.hand-over',
  'refund-made': 'stuck.done.refund-made',
  'refund-not-made': 'stuck.done.refund-not-made',
  settle: 'stuck.done.settle',
} as const satisfies KeysOf<'stuck.done', ManagerAction>;

export interface RowResultProps {
  readonly shown: ShownResult;
  readonly order: OrderView;
}

/** What the last act did with this order: begun, and as soon as it is known, what became of it. */
export function RowResult({ shown, order }: RowResultProps): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const became = becameOf(shown, order);
  const { tone, icon, words } = said(t, reader, shown, order, became);
  return (
    <p className="stuck-row__result" data-testid="stuck-result" data-became={became} data-tone={tone}>
      <Icon name={icon} />
      {words}
    </p>
  );
}

interface Said {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly words: string;
}

function said(t: Translate, reader: Role, { action, result }: ShownResult, order: OrderView, became: string): Said {
  if (!result.ok) return { tone: 'alarm', icon: 'warning', words: refusalWords(t, result.code, null, reader) };
  const did = t(DONE_KEYS[action]);
  if (became === 'begun') return { tone: 'process', icon: 'dots', words: did };
  if (became === 'noted') return { tone: 'clear', icon: 'circleCheck', words: did };
  const { tone, shape } = lookOf(order.phase, false);
  return { tone, icon: shape, words: `${did} · ${t('stuck.now', { state: stateWords(t, order.phase) })}` };
}
