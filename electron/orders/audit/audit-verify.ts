/** Walks the chain ([Note: The chain]) from its first entry to its last, one entry in memory. */
import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../../shared/result.ts';
import { nextMac, sameMac, sealOf, type Point } from '../journal/chain.ts';
import type { HeadProblem } from '../journal/chain-head.ts';
import type { AuditKey } from '../journal/chain-key.ts';
import { headAmiss, ordersAmiss, schemaAmiss } from './audit-surroundings.ts';
import { suspicion, type Suspect } from './audit-suspicion.ts';
import { finding, type Finding, type Verdict } from './audit-verdict.ts';
import { chainKeyId, chainRows, Digest, notedIn, type ReadRow } from '../journal/chain-reader.ts';
import type { Noted } from '../machine/event.ts';

/** More findings would only hide the first. */
const FINDINGS_MAX = 100;

/**
 * `db` is in a transaction, so its content does not change. `head` was read before the transaction began, so it is
 * never ahead of what is read here. `isOurs`: no later version has added to the tables, so they can be compared with
 * the ones we make.
 */
export function verifyChain(db: DatabaseSync, key: AuditKey, head: Result<Point, HeadProblem>, isOurs = true): Verdict {
  const walk = new Walk(db, key, head);
  for (const row of chainRows(db)) walk.take(row);
  const { findings, ...verdict } = walk.end();
  const around = [
    ...headAmiss(db, head, walk.sawHead, verdict.end?.seq ?? 0, findings.length > 0, walk.keyId === key.id),
    ...ordersAmiss(db),
    ...(isOurs ? schemaAmiss(db) : []),
  ];
  return { ...verdict, findings: [...findings, ...around].slice(0, FINDINGS_MAX) };
}

interface Stretch {
  readonly sinceSeq: number;
  /** The id of its key, as its first entry says. `null` for the first stretch: only what follows names its key. */
  readonly keyId: string | null;
  /** The first entry that does not fit. */
  suspect: Suspect | null;
  entries: number;
  chained: number;
}

const stretchFrom = (sinceSeq: number, keyId: string | null): Stretch => ({
  sinceSeq,
  keyId,
  suspect: null,
  entries: 0,
  chained: 0,
});

class Walk {
  readonly #findings: Finding[] = [];
  readonly #digest = new Digest();
  #stretch = stretchFrom(1, null);
  #point: Point;
  #beforeChain = 0;
  #fromMs: number | null = null;
  #toMs: number | null = null;
  /** Whether the head is a point of the chain. */
  sawHead = false;
  readonly keyId: string | null;
  private readonly db: DatabaseSync;
  private readonly key: AuditKey;
  private readonly head: Result<Point, HeadProblem>;

  constructor(db: DatabaseSync, key: AuditKey, head: Result<Point, HeadProblem>) {
    this.db = db;
    this.key = key;
    this.head = head;
    this.keyId = chainKeyId(db);
    this.#point = { seq: 0, mac: sealOf(key, 0, this.#digest.value()) };
    this.#lookForHead();
  }

  take(row: ReadRow): void {
    const noted = notedIn(row);
    if (noted?.act === 'audit-begun' || noted?.act === 'audit-key-changed') this.#begin(row, noted);
    const before = this.#point;
    const follows = sameMac(row.mac, nextMac(this.key, before.mac, row.seq, row.columns));
    const stretch = this.#stretch;
    stretch.entries += 1;
    if (row.mac !== null) stretch.chained += 1;
    if (follows) this.#findings.push(...confessed(noted, row.seq));
    else stretch.suspect ??= { row, before, beginsStretch: stretch.entries === 1 && stretch.keyId !== null };
    this.#digest.add(row);
    this.#point = { seq: row.seq, mac: row.mac ?? before.mac };
    this.#lookForHead();
    this.#fromMs ??= row.atMs;
    this.#toMs = row.atMs;
  }

  end(): Verdict {
    this.#close(this.keyId);
    const { entries } = this.#digest;
    return {
      entries,
      beforeChain: this.#beforeChain,
      fromMs: this.#fromMs,
      toMs: this.#toMs,
      end: entries === 0 ? null : this.#point,
      findings: this.#findings,
    };
  }

  #begin(row: ReadRow, { act, outcome, about }: Noted): void {
    const { chained, entries, keyId } = this.#stretch;
    // Entries from before the chain have no macs. The seal of the entry that begins the chain covers them.
    if (act === 'audit-begun' && chained === 0 && keyId === null) this.#beforeChain = entries;
    else this.#close(act === 'audit-begun' ? null : about);
    this.#stretch = stretchFrom(row.seq, outcome);
    this.#point = { seq: this.#point.seq, mac: sealOf(this.key, this.#digest.entries, this.#digest.value()) };
    this.#lookForHead();
  }

  /** Judges a stretch that has ended. `keyId`: its key, as the next stretch names it. */
  #close(keyId: string | null): void {
    const { suspect, sinceSeq, keyId: own } = this.#stretch;
    if (suspect === null) return;
    const span = `${String(sinceSeq)} to ${String(this.#point.seq)}`;
    if ((own ?? keyId ?? this.key.id) !== this.key.id) this.#findings.push(finding('key-changed', sinceSeq, span));
    else this.#findings.push(suspicion(this.db, this.key, this.head, suspect));
  }

  #lookForHead(): void {
    if (!this.head.ok || this.sawHead) return;
    const { seq, mac } = this.head.value;
    this.sawHead = seq === this.#point.seq && sameMac(this.#point.mac, mac);
  }
}

/** What the app itself found wrong and recorded at the time. */
function confessed(noted: Noted | null, seq: number): Finding[] {
  if (noted?.act === 'journal-set-aside') return [finding('set-aside', seq, noted.about)];
  if (noted?.act !== 'audit-broken') return [];
  const { outcome, about } = noted;
  const kind = BROKEN.find((known) => known === outcome) ?? 'cut-tail';
  return [finding(kind, seq, about)];
}

const BROKEN = ['cut-tail', 'head-missing', 'head-forged', 'mac-missing'] as const;
