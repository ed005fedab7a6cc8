import type { Finding, FindingKind } from '../orders/audit/audit-verdict.ts';

/** What was found, and what to do. The place is named before it. */
const WORDS: Readonly<Record<FindingKind, string>> = {
  edited: 'was changed after it was written',
  missing: 'were taken out',
  inserted: 'was not written there by this app',
  swapped: 'have changed places',
  'earlier-edited': 'begins a stretch of the chain, and it or something before it was changed',
  'cut-tail': 'were cut off the end, or an older copy of the journal was put back',
  'head-missing': 'The file beside the journal that holds the end of the chain is gone; entries may have been cut off',
  'head-forged':
    'The file beside the journal that holds the end of the chain was not written by this app; entries may have been cut off',
  'mac-missing': 'The last entry had lost its MAC when the next was to be written',
  'key-changed':
    'were written under another device secret and cannot be verified any more: the secret was lost or replaced. Put the old device.secret back to verify them',
  'no-key':
    'This device has no secret (device.secret) that can be read, so nothing can be verified; put it back from a backup',
  'set-aside': 'An earlier journal was found damaged and set aside; what it held is not in this trail',
  'order-edited': 'is not as its last entry left it: its present state was changed behind the journal’s back',
  'schema-changed': 'The journal’s tables or their guards are not as this app makes them',
  damaged:
    'The journal is damaged and was left untouched; restore it from a backup, or start the app, which sets it aside',
  'journal-missing': 'The journal is gone, and the file beside it says that there was one',
};

const KEEP = 'Stop using this terminal for refunds, keep a copy of its data folder, and tell the owner.';
const NO_CRIME: readonly FindingKind[] = ['key-changed', 'no-key', 'set-aside', 'damaged'];

/** One line for people: the place, what was found there, what to do. */
export function findingWords({ kind, seq, about }: Finding): string {
  const words = `${whereWords({ kind, seq, about })}${WORDS[kind]}.`;
  return NO_CRIME.includes(kind) ? words : `${words} ${KEEP}`;
}

function whereWords({ kind, seq, about }: Finding): string {
  switch (kind) {
    case 'missing':
    case 'swapped':
    case 'key-changed':
      return `Entries ${about ?? String(seq)} `;
    case 'cut-tail':
      return about?.startsWith('the head') === true
        ? `Entry ${String(seq)} notes that entries (${about}) `
        : `Entries ${about ?? ''} `;
    case 'edited':
    case 'inserted':
    case 'earlier-edited':
      return `Entry ${String(seq)} `;
    case 'order-edited':
      return `Order ${about ?? '?'} `;
    default:
      return `${seq === null ? '' : `Entry ${String(seq)}: `}${about === null ? '' : `${about}: `}`;
  }
}
