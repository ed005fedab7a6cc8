/**
 * The sheet of a shift: from, to, what was taken, cancelled and refunded, by cashier, and what was left. It is begun
 * when the shift ends, in the same moment, so that no sheet is lost; its figures are counted when it is first wanted, in
 * steps, so that neither the shift nor the till waits for them.
 */
import {
  SHEET_ORDERS_MAX,
  SHEETS_LISTED_MAX,
  type KeptSheet,
  type SheetRow,
  type ShiftSheet,
} from '../../../shared/contract/shift.ts';
import type { Role } from '../../../shared/role.ts';
import type { Environment } from '../../../shared/settings.ts';
import { openShiftSheetsStore, type ShiftSheetsStore } from '../../staff/shift-sheets-store.ts';
import { figuresOf } from '../../staff/shift-sheets.ts';
import type { Roster } from '../../staff/roster.ts';
import type { Services } from '../core/services.ts';
import type { Profile } from '../settings/profile.ts';

type Left = NonNullable<Roster['left']>;

export interface ShiftSheets {
  /** The shift that began at `sinceMs` (0: nobody knows) has ended. */
  begin(services: Services, sinceMs: number, left: Left, handedOverAs: Role): void;
  /** The sheet of the shift that has just ended; `null` where it has none. */
  idOf(environment: Environment, left: Pick<Left, 'by' | 'atMs'>): number | null;
  read(services: Services, id: number): Promise<ShiftSheet | null>;
  list(services: Services, before: number | null): Promise<{ sheets: SheetRow[]; more: boolean }>;
}

export function createShiftSheets(profile: Pick<Profile, 'shiftSheets'>, now: () => number): ShiftSheets {
  const opened = new Map<Environment, ShiftSheetsStore>();
  const storeOf = (environment: Environment): ShiftSheetsStore => {
    const store = opened.get(environment) ?? openShiftSheetsStore(profile.shiftSheets(environment), now());
    opened.set(environment, store);
    return store;
  };

  const counted = async ({ environment, history }: Services, sheet: KeptSheet): Promise<Counted> => {
    if (sheet.figures !== null) return { ...sheet, figures: sheet.figures };
    const span = { fromMs: sheet.fromMs ?? 0, toMs: sheet.toMs };
    const figures = figuresOf(await history.tally(span));
    storeOf(environment).count(sheet.id, figures, now());
    return { ...sheet, figures };
  };

  return {
    begin({ environment, journal }, sinceMs, left, handedOverAs) {
      const store = storeOf(environment);
      const fromMs = sinceMs > 0 ? sinceMs : (store.all().at(-1)?.toMs ?? null);
      store.add(
        {
          by: left.by,
          handedOverAs,
          // A clock that was set back meanwhile makes a shift without time, never one that ends before it begins.
          fromMs: fromMs === null ? null : Math.min(fromMs, left.atMs),
          toMs: left.atMs,
          open: openOf(journal, left.orderIds),
          figures: null,
        },
        now(),
      );
    },
    idOf: (environment, { by, atMs }) =>
      storeOf(environment)
        .all()
        .findLast((sheet) => sheet.toMs === atMs && sheet.by === by)?.id ?? null,
    async read(services, id) {
      const { environment, terminal } = services;
      const sheet = storeOf(environment).find(id);
      if (sheet === null) return null;
      const whole = await counted(services, sheet);
      const { storeName, deviceId } = terminal;
      return { ...whole, environment, storeName, deviceId, kept: storeOf(environment).kept() };
    },
    async list(services, before) {
      const all = storeOf(services.environment).all();
      const older = before === null ? all : all.filter(({ id }) => id < before);
      const sheets: SheetRow[] = [];
      for (const sheet of older.slice(-SHEETS_LISTED_MAX).reverse()) sheets.push(rowOf(await counted(services, sheet)));
      return { sheets, more: older.length > SHEETS_LISTED_MAX };
    },
  };
}

type Counted = KeptSheet & Pick<ShiftSheet, 'figures'>;

const rowOf = ({ id, by, fromMs, toMs, figures, open }: Counted): SheetRow => ({
  id,
  by,
  fromMs,
  toMs,
  paid: figures.paid,
  open: open.count,
});

function openOf(journal: Services['journal'], orderIds: readonly string[]): KeptSheet['open'] {
  const orders = orderIds.map((id) => {
    const order = journal.load(id)?.order;
    return { number: order?.outTradeNo ?? order?.transactionId ?? id, amountFen: order?.amountFen ?? null };
  });
  return {
    count: orders.length,
    fen: orders.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0),
    orders: orders.slice(0, SHEET_ORDERS_MAX),
  };
}
