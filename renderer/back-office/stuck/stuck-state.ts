/**
 * What the manager's list shows. Pure. Rows stay in place while a person may be about to touch them. A change is shown
 * in its row; rows that would appear, go or move are only counted. The list is sorted again only on request.
 */
import { ACT_ON_MAX, type ActResult, type ManagerAction, type StuckRow } from '../../../shared/contract/stuck.ts';
import type { CommandOutput } from '../../../shared/ipc.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { REFUND_NEAR_MS } from '../../../shared/timing.ts';

export type StuckList = CommandOutput<'manager.stuck'>;

export interface ShownRow {
  readonly row: StuckRow;
  /** On the page's clock; the row's durations count from this moment. */
  readonly arrivedAtMs: number;
  /** It is no longer stuck: proved, settled or taken back. It goes when the list is sorted. */
  readonly gone: boolean;
}

export interface ShownResult {
  readonly action: ManagerAction;
  readonly result: ActResult;
}

export interface StuckState {
  /** Whether the list has been read once. */
  readonly loaded: boolean;
  /** In their order on the screen. */
  readonly rows: readonly ShownRow[];
  readonly total: number;
  readonly unreadable: readonly string[];
  /** How many rows would appear, go or stand elsewhere. */
  readonly changed: number;
  readonly selected: ReadonlySet<string>;
  /** The result of the last act, by order, until it is dismissed. */
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

/** Sorts the list as main has it now. */
export function inOrder(state: StuckState, list: StuckList, nowMs: number): StuckState {
  const rows = list.rows.map((row) => ({ row, arrivedAtMs: nowMs, gone: false }));
  return withoutStaleSelection({ ...state, ...countsOf(list), loaded: true, changed: 0, rows });
}

/** Takes in main's present list, and leaves every row in its place. */
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

/** A view that main sent by itself may be newer than the list that was asked for before it. */
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

/** One order as it is on disk now. */
export function tookOrder(state: StuckState, view: OrderView): StuckState {
  const rows = state.rows.map((shown) =>
    idOf(shown) !== view.orderId || shown.row.order.version >= view.version
      ? shown
      : { ...shown, row: { ...shown.row, order: view }, gone: shown.gone || view.standing === 'done' },
  );
  return withoutStaleSelection({ ...state, rows });
}

/** Marks a row, or removes the mark. No more rows than can be acted on at once. */
export function toggled(state: StuckState, orderId: string): StuckState {
  const selected = new Set(state.selected);
  if (!selected.delete(orderId)) {
    if (selected.size >= ACT_ON_MAX) return state;
    selected.add(orderId);
  }
  return { ...state, selected };
}

/** Marks the first rows, as many as can be acted on at once. */
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

/** The result of an act; the marks are removed, so that no order is acted on twice by mistake. */
export function tookResults(state: StuckState, action: ManagerAction, results: readonly ActResult[]): StuckState {
  const shown = results.map((result) => [result.orderId, { action, result }] as const);
  const views = results.flatMap((result) => (result.ok ? [result.order] : []));
  return views.reduce(tookOrder, { ...state, selected: new Set<string>(), results: new Map(shown) });
}

export const dismissed = (state: StuckState): StuckState => ({ ...state, results: new Map() });

export const selectedRows = ({ rows, selected }: StuckState): ShownRow[] =>
  rows.filter((shown) => selected.has(idOf(shown)));

/** How many orders are in the last of their 7 days. */
export const nearCount = ({ rows }: StuckState): number =>
  rows.filter(({ row, gone }) => !gone && row.deadlineInMs > 0 && row.deadlineInMs <= REFUND_NEAR_MS).length;

export const idOf = ({ row }: ShownRow): string => row.order.orderId;

/** The acts that fit at least one of these rows, in the order of the buttons. */
export const actsOf = (rows: readonly ShownRow[]): ManagerAction[] =>
  ACTS.filter((action) => rows.some((shown) => takes(shown, action)));

/** What the causes of all these orders advise alike: the blue button. `null` where they differ, or none stands out. */
export function advisedFor(rows: readonly StuckRow[]): ManagerAction | null {
  const advised = new Set(rows.map((row) => row.advised));
  const [only = null] = advised;
  return advised.size === 1 ? only : null;
}

/** It was taken to the merchant platform, and nobody has reported yet that the refund was not made there. */
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
