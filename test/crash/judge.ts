/**
 * What must be true of an order whose cancel was cut off or hindered, judged by the journal, by the standard output and
 * by the gateway's own ledger. Each statement that is not true is a finding.
 */
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { auditKeyOf } from '../../electron/app/audit/audit-trail.ts';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { openJournal } from '../../electron/orders/open-journal.ts';
import type { HistoryRow, Stored } from '../../electron/orders/journal/journal.ts';
import { timelineOf } from '../../electron/orders/views/timeline.ts';
import { ledgerOrderSchema, type LedgerOrder } from '../../electron/practice/ledger-order.ts';
import type { Line, PracticeProcess } from '../support/command.ts';
import type { Ended } from './victim.ts';

export interface Finding {
  /** `lost`: reported or synced, and then gone. `false-cancelled`: reported, and the gateway has no such result. */
  readonly kind: 'lost' | 'false-cancelled' | 'violation';
  readonly text: string;
}

/** An order as its terminal's journal has it. */
export interface Kept {
  readonly stored: Stored;
  readonly history: readonly HistoryRow[];
}

export const ledgerOrderOf = async (gateway: PracticeProcess, outTradeNo: string): Promise<LedgerOrder> =>
  ledgerOrderSchema.parse((await gateway.tell(`order ${outTradeNo}`))['order']);

const isVoid = (ledgerOrder: LedgerOrder): boolean =>
  ledgerOrder.history.some(({ what }) => what === 'closed' || what === 'refunded');

/** About a process that has just ended: whether it reported "cancelled" for an order that is not. */
export function falseWords({ lines }: Ended, ledgerOrder: LedgerOrder): Finding[] {
  const saidSo = lines.some(
    (line) => (line.type === 'timeline' && line['what'] === 'cancelled') || phaseIn(line) === 'cancelled',
  );
  return saidSo && !isVoid(ledgerOrder)
    ? [{ kind: 'false-cancelled', text: `said cancelled, and the gateway has it as ${ledgerOrder.state}` }]
    : [];
}

const resultSchema = z.looseObject({ order: z.looseObject({ phase: z.string() }) });
const phaseIn = (line: Line): string | undefined => resultSchema.safeParse(line).data?.order.phase;

const rowSchema = z.looseObject({ type: z.literal('timeline'), seq: z.number(), what: z.string() });
const rowsIn = (ended: readonly Ended[]): string[] =>
  ended
    .flatMap(({ lines }) => lines.flatMap((line) => rowSchema.safeParse(line).data ?? []))
    .map(({ seq, what }) => `${String(seq)} ${what}`);

/** Whether the cashier was told that the cancel is saved. */
export const acknowledged = (ended: Ended): boolean => rowsIn([ended]).some((row) => row.endsWith(' cancel-armed'));

/** What the journal holds of the order; findings if the journal itself is damaged. */
export function kept(
  profile: string,
  outTradeNo: string,
): { readonly kept: Kept | null; readonly findings: Finding[] } {
  const path = profileIn(profile).journal('practice');
  if (!existsSync(path)) return { kept: null, findings: [] };
  const aside = readdirSync(dirname(path)).filter((name) => name.includes('.damaged-'));
  const opened = openJournal(path, 'practice', Date.now(), auditKeyOf(profileIn(profile)));
  if (!opened.ok)
    return { kept: null, findings: [{ kind: 'violation', text: `the journal does not open: ${opened.error}` }] };
  const { journal, damage } = opened.value;
  const stored = journal.find(outTradeNo);
  const history = stored === null ? [] : journal.history(stored.order.orderId);
  const { unreadable } = journal.open();
  const lost = damage.now();
  journal.close();
  const findings: Finding[] = [...aside, ...(lost === null ? [] : [`${lost.kind} ${lost.about}`])].map((name) => ({
    kind: 'lost',
    text: `set aside as damaged: ${name}`,
  }));
  if (unreadable.length > 0) findings.push({ kind: 'lost', text: `unreadable: ${unreadable.join(', ')}` });
  return { kept: stored === null ? null : { stored, history }, findings };
}

/** The same from a copy of the journal, so that the next process finds the journal as the last one left it. */
export function keptSoFar(profile: string, outTradeNo: string): Kept | null {
  const copy = `${profile}.copy`;
  const from = dirname(profileIn(profile).journal('practice'));
  if (existsSync(from)) cpSync(from, dirname(profileIn(copy).journal('practice')), { recursive: true });
  try {
    return kept(copy, outTradeNo).kept;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Whether the journal says that this order is to be cancelled. */
export const hasIntent = (it: Kept | null): boolean =>
  it !== null && it.history.some(({ event }) => event.type === 'cancel-tapped');

/** What was reported before the end must be in the journal after it. */
export function lostWords(ended: readonly Ended[], it: Kept | null): Finding[] {
  const rows = new Set(timelineOf(it?.history ?? []).map(({ seq, what }) => `${String(seq)} ${what}`));
  return rowsIn(ended)
    .filter((row) => !rows.has(row))
    .map((row) => ({ kind: 'lost', text: `said, and not in the journal: ${row}` }));
}

/**
 * Checks an order that counts as finished: it was cancelled, once, at the right time, and every call is written down.
 */
export function judged({ stored, history }: Kept, ledgerOrder: LedgerOrder, cutDown: boolean): Finding[] {
  const { order, version } = stored;
  const texts: string[] = [];
  const check = (holds: boolean, text: string): void => {
    if (!holds) texts.push(text);
  };
  const { phase } = order;
  check(phase.name === 'cancelled', `the order ended as ${JSON.stringify(phase)}`);
  // A refused act changes nothing. A take-over is written with the order's first event after it, or by itself.
  const entries = history.filter(({ event }) => event.type !== 'noted').length;
  const takenOver = history.filter(({ event }) => event.type === 'started-again').length;
  check(
    version <= entries && version >= entries - takenOver,
    `version ${String(version)} after ${String(entries)} entries, ${String(takenOver)} of them taking over`,
  );
  check(
    JSON.stringify(history.at(-1)?.phase) === JSON.stringify(phase),
    'the last entry has another phase than the order',
  );

  const voids = ledgerOrder.history.filter(({ what }) => what === 'closed' || what === 'refunded');
  check(voids.length === 1, `the gateway voided it ${String(voids.length)} times`);
  check(
    ledgerOrder.refundedFen === ledgerOrder.paidFen,
    `paid ${String(ledgerOrder.paidFen)}, refunded ${String(ledgerOrder.refundedFen)}`,
  );
  if (phase.name === 'cancelled')
    check(
      (phase.outcome === 'refunded') === ledgerOrder.paidFen > 0,
      `said ${phase.outcome}, paid ${String(ledgerOrder.paidFen)}`,
    );
  check(!ledgerOrder.history.some(({ what }) => what === 'pay'), 'a pay call was sent');
  check(!ledgerOrder.history.some(({ what }) => what === 'reverse-too-early'), 'reversed within 15 s');

  const intents = history.flatMap(({ effects }) => effects).filter(({ kind }) => kind === 'send-reverse').length;
  const inFlight = intents - ledgerOrder.reverses;
  check(
    inFlight === 0 || (cutDown && inFlight === 1),
    `${String(intents)} reverses in the journal, ${String(ledgerOrder.reverses)} at the gateway`,
  );
  const findings: Finding[] = texts.map((text) => ({ kind: 'violation', text }));
  const proved = history.find((row) => row.phase?.name === 'cancelled')?.atMs ?? Infinity;
  if (voids.some(({ atMs }) => atMs > proved))
    findings.push({ kind: 'false-cancelled', text: 'in the journal as cancelled before the gateway had done it' });
  return findings;
}
