/**
 * What the manager's list shows. Pure. Rows stay where they are while somebody may be about to touch them: what changes is
 * shown in its row, what would come, go or move is counted, and the list is put in order again only when it is asked to.
 */
import { ACT_ON_MAX, type ActResult, type ManagerAction, type StuckRow } from '../../../shared/contract/stuck.ts';
import type { CommandOutput } from '../../../shared/ipc.ts';
import type { OrderView } from '../../../shared/order.ts';
import { REFUND_NEAR_MS } from '../../../shared/timing.ts';

export type StuckList = CommandOutput<'manager.stuck'>;

export interface ShownRow {
  readonly row: StuckRow;
  /** On the page's clock; the row's durations count from here. */
  readonly arrivedAtMs: number;
  /** It is no longer stuck: proved, settled or taken back. It goes when the list is put in order. */
  readonly gone: boolean;
}

export interface ShownResult {
  readonly action: ManagerAction;
  readonly result: ActResult;
}

export interface StuckState {
  /** Whether the list has been read at all. */
  readonly loaded: boolean;
  /** In the order in which they stand on the screen. */
  readonly rows: readonly ShownRow[];
  readonly total: number;
  readonly unreadable: readonly string[];
  /** So many would come, go or stand elsewhere. */
  readonly changed: number;
  readonly selected: ReadonlySet<string>;
  /** What became of the last act, by order, until it is dismissed. */
  readonly results: ReadonlyMap<string, ShownResult>;
}

export const emptyStuck: StuckState = {
  loaded: false,
  rows: [],
  total: 0,
  unreadable: [],
  changed: 0,
  selected: new Set(),
  results: new Map(),
};

/** Puts the list in order as main has it now. */
export function inOrder(state: StuckState, list: StuckList, nowMs: number): StuckState {
  const rows = list.rows.map((row) => ({ row, arrivedAtMs: nowMs, gone: false }));
  return withoutStaleSelection({ ...state, ...countsOf(list), loaded: true, changed: 0, rows });
}

/** Takes in what main has now, and leaves every row where it is. */
export function inPlace(state: StuckState, list: StuckList, nowMs: number): StuckState {
  const fresh = new Map(list.rows.map((row) => [row.order.orderId, row]));
  const rows = state.rows.map((shown): ShownRow => {
    const row = fresh.get(idOf(shown));
    return row === undefined
      ? { ...shown, gone: true }
      : { row: newest(shown.row, row), arrivedAtMs: nowMs, gone: false };
  });
  return withoutStaleSelection({ ...state, ...countsOf(list), rows, changed: changesOf(rows, list) });
}

const countsOf = ({ total, unreadable }: StuckList): Pick<StuckState, 'total' | 'unreadable'> => ({
  total,
  unreadable,
});

/** A view that came by itself may be newer than the list that was asked for before it. */
const newest = (shown: StuckRow, fresh: StuckRow): StuckRow =>
  shown.order.version > fresh.order.version ? { ...fresh, order: shown.order } : fresh;

function changesOf(rows: readonly ShownRow[], list: StuckList): number {
  const ids = new Set(rows.map(idOf));
  const come = list.rows.filter(({ order }) => !ids.has(order.orderId)).length;
  const staying = rows.filter(({ gone }) => !gone).map(idOf);
  const wanted = list.rows.map(({ order }) => order.orderId).filter((id) => ids.has(id));
  const moved = wanted.filter((id, index) => staying[index] !== id).length;
  return come + (rows.length - staying.length) + moved;
}

/** One order as it now is on disk. */
export function tookOrder(state: StuckState, view: OrderView): StuckState {
  const rows = state.rows.map((shown) =>
    idOf(shown) !== view.orderId || shown.row.order.version >= view.version
      ? shown
      : { ...shown, row: { ...shown.row, order: view }, gone: shown.gone || view.standing === 'done' },
  );
  return withoutStaleSelection({ ...state, rows });
}

/** Marks a row, or takes the mark off. No more than can be acted on at once. */
export function toggled(state: StuckState, orderId: string): StuckState {
  const selected = new Set(state.selected);
  if (!selected.delete(orderId)) {
    if (selected.size >= ACT_ON_MAX) return state;
    selected.add(orderId);
  }
  return { ...state, selected };
}

/** The first rows, as many as can be acted on at once. */
export const allSelected = (state: StuckState): StuckState => ({
  ...state,
  selected: new Set(
    state.rows
      .filter(({ gone }) => !gone)
      .map(idOf)
      .slice(0, ACT_ON_MAX),
  ),
});

export const noneSelected = (state: StuckState): StuckState => ({ ...state, selected: new Set() });

/** What became of an act; the marks are gone, so that none is acted on twice by mistake. */
export function tookResults(state: StuckState, action: ManagerAction, results: readonly ActResult[]): StuckState {
  const shown = results.map((result) => [result.orderId, { action, result }] as const);
  const views = results.flatMap((result) => (result.ok ? [result.order] : []));
  return views.reduce(tookOrder, { ...state, selected: new Set<string>(), results: new Map(shown) });
}

export const dismissed = (state: StuckState): StuckState => ({ ...state, results: new Map() });

export const selectedRows = ({ rows, selected }: StuckState): ShownRow[] =>
  rows.filter((shown) => selected.has(idOf(shown)));

/** How many are in the last day of their 7. */
export const nearCount = ({ rows }: StuckState): number =>
  rows.filter(({ row, gone }) => !gone && row.deadlineInMs > 0 && row.deadlineInMs <= REFUND_NEAR_MS).length;

export const idOf = ({ row }: ShownRow): string => row.order.orderId;

/** The acts that at least one of these rows takes, in the order of the buttons. */
export const actsOf = (rows: readonly ShownRow[]): ManagerAction[] =>
  ACTS.filter((action) => rows.some((shown) => takes(shown, action)));

/** It was taken to the merchant platform, and nobody has said that it was not refunded there. */
export const waitsForRefund = ({ row }: ShownRow): boolean => row.handedOverMs !== null && row.notRefundedMs === null;

export const takes = ({ row, gone }: ShownRow, action: ManagerAction): boolean => !gone && row.acts.includes(action);

const ACTS: readonly ManagerAction[] = [
  'query',
  'try-now',
  'cancel',
  'hand-over',
  'refund-made',
  'refund-not-made',
  'settle',
];

function withoutStaleSelection(state: StuckState): StuckState {
  const there = new Set(state.rows.filter(({ gone }) => !gone).map(idOf));
  const selected = [...state.selected].filter((id) => there.has(id));
  return selected.length === state.selected.size ? state : { ...state, selected: new Set(selected) };
}
