/**
 * The audit trail as lines of JSON: who, in what role, what, when, how it ended. The last line closes it: the number of
 * entries, where the chain stood, and a MAC over every byte before. So the file can be kept elsewhere and still be
 * verified later.
 */
import { createHash, type Hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { parseJson } from '../../base/json.ts';
import { redactText } from '../../base/redact.ts';
import type { Point } from '../journal/chain.ts';
import type { AuditKey } from '../journal/chain-key.ts';
import type { Verdict } from './audit-verdict.ts';
import { effectSchema, entryEventSchema, type EntryEvent } from '../machine/event.ts';
import { parseKeeping } from '../machine/kept-fields.ts';
import { phaseSchema, type Phase } from '../machine/order.ts';

const ROWS = `SELECT CAST(e.seq AS REAL) AS seq, CAST(e.at AS REAL) AS at, e.actor, e.role, e.event, e.effects, e.phase, e.mac,
    coalesce(CASE WHEN json_valid(o.state) THEN o.state ->> '$.outTradeNo' END, o.transaction_id, e.order_id) AS number
  FROM entries AS e LEFT JOIN orders AS o USING (order_id) ORDER BY e.seq`;

const rowSchema = z.object({
  seq: z.number(),
  at: z.number(),
  actor: z.string(),
  role: z.string().nullable(),
  event: z.string(),
  effects: z.string(),
  phase: z.string(),
  mac: z.instanceof(Uint8Array).nullable(),
  number: z.string().nullable(),
});

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** UTC ms, or whatever was put in its place. */
export const isoTime = (ms: number): string | null => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null);

/** Every line of an export with its line end, one at a time; the closing one is the last. */
export function* exportLines(db: DatabaseSync, key: AuditKey, verdict: Verdict): Generator<string> {
  const hash = createHash('sha256');
  for (const row of db.prepare(ROWS).iterate()) {
    const parsed = rowSchema.safeParse(row);
    const line = `${JSON.stringify(parsed.success ? lineOf(parsed.data) : { type: 'entry', seq: row['seq'], what: 'unreadable' })}\n`;
    hash.update(line);
    yield line;
  }
  const { entries, beforeChain, fromMs, toMs, end, findings } = verdict;
  const closing = {
    type: 'end',
    count: entries,
    beforeChain,
    from: fromMs === null ? null : isoTime(fromMs),
    to: toMs === null ? null : isoTime(toMs),
    head: end === null ? null : { seq: end.seq, mac: hexOf(end.mac) },
    key: key.id,
    ok: findings.length === 0,
    findings,
  };
  const text = JSON.stringify(closing);
  yield `${text.slice(0, -1)},"fileMac":"${macOf(key, hash, text)}"}\n`;
}

const macOf = (key: AuditKey, linesBefore: Hash, closing: string): string =>
  key.mac('file', linesBefore.update(closing).digest()).toString('hex');

function lineOf({ seq, at, actor, role, event, effects, phase, mac, number }: z.infer<typeof rowSchema>): object {
  const given = parseJson(event);
  const happened = parseKeeping(entryEventSchema, given) ?? undefined;
  const after = parseKeeping(phaseSchema, parseJson(phase)) ?? undefined;
  const sent = parseKeeping(z.array(effectSchema), parseJson(effects)) ?? [];
  const detail = detailOf(happened, after);
  const why = happened === undefined ? null : reasonOf(happened);
  return {
    type: 'entry',
    seq,
    at: isoTime(at),
    who: actor,
    role,
    what: happened === undefined ? nameByLaterVersion(given) : happened.type === 'noted' ? happened.act : happened.type,
    order: number,
    outcome: happened?.type === 'noted' ? happened.outcome : (after?.name ?? 'unreadable'),
    detail: detail === null ? null : redactText(detail),
    ...(why === null ? {} : { reason: redactText(why) }),
    sent: sent.map(({ kind, n }) => `${kind} ${String(n)}`),
    mac: mac === null ? null : hexOf(mac),
  };
}

/** A later version's name for an entry that this version does not know. */
function nameByLaterVersion(event: unknown): string {
  const named = z.looseObject({ type: z.string(), act: z.string().optional() }).safeParse(event).data;
  return named === undefined ? 'unreadable' : (named.act ?? named.type);
}

function detailOf(event: EntryEvent | undefined, phase: Phase | undefined): string | null {
  if (event?.type === 'noted') return event.about;
  switch (phase?.name) {
    case 'cancelled':
      return `${phase.outcome}, proved by ${phase.proof}`;
    case 'attention':
      return phase.errCode === null ? phase.cause : `${phase.cause} (${phase.errCode})`;
    case 'settled':
      return phase.reason;
    default:
      return null;
  }
}

/** Why a person did it: `code` or `code: their words`. */
function reasonOf(event: EntryEvent): string | null {
  if (!('code' in event) || event.code === undefined) return null;
  return 'note' in event && event.note !== undefined ? `${event.code}: ${event.note}` : event.code;
}

const closingSchema = z.looseObject({
  type: z.literal('end'),
  head: z.object({ seq: z.number().int(), mac: z.string().regex(/^[0-9a-f]{64}$/) }).nullable(),
  key: z.string(),
});
/** The MAC stands last, so that it covers exactly the line without it. */
const FILE_MAC = /,"fileMac":"([0-9a-f]{64})"\}$/;

export type ExportProblem = 'not-an-export' | 'export-of-other-key' | 'export-edited';

/** Reads an export line by line. Returns where the chain stood then, or why the export cannot be believed. */
export class ExportReader {
  readonly #hash = createHash('sha256');
  #last: Uint8Array | null = null;

  /** A line without its line end. */
  take(line: Uint8Array): void {
    if (this.#last !== null) this.#hash.update(this.#last).update('\n');
    this.#last = line;
  }

  end(key: AuditKey): { readonly problem: ExportProblem } | { readonly head: Point | null } {
    const last = Buffer.from(this.#last ?? []).toString('utf8');
    const closing = closingSchema.safeParse(parseJson(last));
    const fileMac = FILE_MAC.exec(last)?.[1];
    if (!closing.success || fileMac === undefined) return { problem: 'not-an-export' };
    if (closing.data.key !== key.id) return { problem: 'export-of-other-key' };
    if (macOf(key, this.#hash, last.replace(FILE_MAC, '}')) !== fileMac) return { problem: 'export-edited' };
    const { head } = closing.data;
    return { head: head === null ? null : { seq: head.seq, mac: Buffer.from(head.mac, 'hex') } };
  }
}
