/** The journal as a file, and the audit trail as its content: one reading, two results. Pure. */
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import type { JournalInspection } from './journal-thread.ts';

const MB = 1_000_000;

const sizeOf = (bytes: number): string =>
  bytes < MB ? `${String(Math.ceil(bytes / 1_000))} kB` : `${(bytes / MB).toFixed(1)} MB`;

export function journalCheck(inspection: JournalInspection): SelfTestLine {
  if (inspection.kind === 'unread') {
    if (inspection.why === 'newer-file') return finding('journal', 'newer');
    return inspection.why === 'older-file'
      ? finding('journal', 'older')
      : finding('journal', 'unreadable', { why: inspection.why });
  }
  const { entries, first, setAside, bytes, lost } = inspection;
  if (first?.kind === 'damaged' || first?.kind === 'journal-missing')
    return finding('journal', 'damaged', { why: first.kind });
  if (lost !== null)
    return finding('journal', 'records-lost', { orders: lost.orders, entries: lost.entries ?? 'number-unknown' });
  if (setAside > 0) return finding('journal', 'set-aside', { files: setAside, entries });
  return bytes === 0 ? finding('journal', 'none') : finding('journal', 'sound', { entries, size: sizeOf(bytes) });
}

export function auditCheck(inspection: JournalInspection): SelfTestLine {
  if (inspection.kind === 'unread') return finding('audit', 'unread');
  const { entries, found, first } = inspection;
  if (first?.kind === 'no-key') return finding('audit', 'no-key');
  if (first !== null) return finding('audit', 'tampered', { kind: first.kind, entry: first.seq ?? '-', found });
  return entries === 0 ? finding('audit', 'none') : finding('audit', 'whole', { entries });
}
