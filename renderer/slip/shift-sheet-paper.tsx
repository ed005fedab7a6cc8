import type { ReactNode } from 'react';
import { beijingTime } from '../../shared/beijing.ts';
import type { Paper } from '../../shared/contract/exports.ts';
import type { Counted, Outcomes, ShiftSheet } from '../../shared/contract/shift-sheet.ts';
import { formatYuan } from '../../shared/money.ts';
import { ROLE_KEYS } from '../i18n/code-keys.ts';
import { useT, type KeysOf, type Translate } from '../i18n/i18n.ts';
import { groupsOfFour } from '../input/number-entry.ts';
import './slip-paper.css';
import './shift-sheet-paper.css';

/** Every outcome, in the order of a cashier's questions. */
const OUTCOME_KEYS = {
  paid: 'shiftSheet.paid',
  cancelled: 'shiftSheet.cancelled',
  refunded: 'shiftSheet.refunded',
  settled: 'shiftSheet.settled',
} as const satisfies KeysOf<'shiftSheet', keyof Outcomes>;
const OUTCOMES = ['paid', 'cancelled', 'refunded', 'settled'] as const;

export interface ShiftSheetPaperProps {
  readonly sheet: ShiftSheet;
  readonly paper: Paper;
}

/** The sheet as the printer prints it: what was taken first, then what the next cashier must know. */
export function ShiftSheetPaper({ sheet, paper }: ShiftSheetPaperProps): ReactNode {
  const t = useT();
  const { figures, open } = sheet;
  return (
    <article className="slip shift-sheet" data-paper={paper} data-testid="shift-sheet">
      <header className="slip__head">
        <p className="slip__store">{sheet.storeName}</p>
        <h3 className="slip__title">{t('shiftSheet.title')}</h3>
      </header>
      {sheet.environment === 'practice' && <p className="slip__practice">{t('shiftSheet.practice')}</p>}
      <dl className="slip__facts">
        <Fact name={t('shiftSheet.by')} value={personOf(t, sheet)} />
        <Fact
          name={t('shiftSheet.from')}
          value={sheet.fromMs === null ? t('shiftSheet.fromFirst') : beijingTime(sheet.fromMs)}
        />
        <Fact name={t('shiftSheet.to')} value={beijingTime(sheet.toMs)} />
      </dl>
      <dl className="slip__facts shift-sheet__sums">
        {OUTCOMES.map((outcome) => (
          <Fact key={outcome} name={t(OUTCOME_KEYS[outcome])} value={countedWords(t, figures[outcome])} />
        ))}
        <Fact name={t('shiftSheet.open')} value={countedWords(t, open)} />
      </dl>
      <People sheet={sheet} />
      <OpenOrders sheet={sheet} />
      <dl className="slip__facts">
        <Fact name={t('shiftSheet.terminal')} value={sheet.deviceId} />
        <Fact name={t('shiftSheet.number')} value={String(sheet.id)} />
      </dl>
      <p className="slip__signature">{t('shiftSheet.handedOver')}</p>
      <p className="slip__signature">{t('shiftSheet.takenOver')}</p>
      <p className="slip__note">{t('shiftSheet.note')}</p>
    </article>
  );
}

function People({ sheet: { figures } }: Pick<ShiftSheetPaperProps, 'sheet'>): ReactNode {
  const t = useT();
  if (figures.people.length < 2) return null;
  return (
    <section className="shift-sheet__part">
      <h4>{t('shiftSheet.people')}</h4>
      {figures.people.map((person) => (
        <dl key={person.who ?? ''} className="shift-sheet__person">
          <dt>{person.who === null ? t('shiftSheet.others') : whoOf(t, person.who)}</dt>
          {OUTCOMES.filter((outcome) => outcome === 'paid' || person[outcome].count > 0).map((outcome) => (
            <dd key={outcome}>
              <span>{t(OUTCOME_KEYS[outcome])}</span> <span>{countedWords(t, person[outcome])}</span>
            </dd>
          ))}
        </dl>
      ))}
    </section>
  );
}

function OpenOrders({ sheet: { open } }: Pick<ShiftSheetPaperProps, 'sheet'>): ReactNode {
  const t = useT();
  if (open.count === 0) return null;
  const more = open.count - open.orders.length;
  return (
    <section className="shift-sheet__part">
      <h4>{t('shiftSheet.openOrders')}</h4>
      <ul>
        {open.orders.map(({ number, amountFen }) => (
          <li key={number}>
            <span className="shift-sheet__number">{groupsOfFour(number).join(' ')}</span>{' '}
            <span>{amountFen === null ? t('shiftSheet.unknown') : `¥${sumText(amountFen)}`}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t('shiftSheet.more', { count: more })}</p>}
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div className="slip__fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function personOf(t: Translate, { by, handedOverAs }: ShiftSheet): string {
  const name = by ?? t('shiftSheet.nobody');
  return handedOverAs === 'cashier'
    ? name
    : `${name} (${t('shiftSheet.forThem', { role: t(ROLE_KEYS[handedOverAs]) })})`;
}

const WHO_KEYS = {
  screen: 'shiftSheet.who.screen',
  app: 'shiftSheet.who.app',
  unknown: 'shiftSheet.who.unknown',
} as const satisfies KeysOf<'shiftSheet.who', 'screen' | 'app' | 'unknown'>;

/** `cashier:王芳`, `screen`, `pos:3f2a`, `terminal:li`: who brought an order here, by the journal. */
function whoOf(t: Translate, who: string): string {
  const [kind = '', ...rest] = who.split(':');
  const name = rest.join(':');
  if (kind === 'cashier') return name;
  if (kind === 'pos') return t('shiftSheet.who.pos', { id: name });
  if (kind === 'terminal') return t('shiftSheet.who.terminal', { user: name });
  return kind === 'screen' || kind === 'app' || kind === 'unknown' ? t(WHO_KEYS[kind]) : who;
}

const countedWords = (t: Translate, { count, fen }: Counted): string =>
  t('shiftSheet.counted', { count, amount: sumText(fen) });
const sumText = (fen: number): string => formatYuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',');
