/** The terminal's words: English, for technicians and scripts' logs. The cashier's are in shared/locales. */
import type { OrderView, TimelineRow } from '../../shared/order.ts';
import type { FieldProblem } from '../app/merchant-file.ts';
import en from '../../shared/locales/en.json' with { type: 'json' };

const PROBLEMS: Readonly<Record<string, string>> = {
  missing: 'is missing; give it',
  'too-long': 'is longer than 32 characters; WeChat Pay numbers are not. Check the number',
  'bad-characters': 'has characters that WeChat Pay does not allow (letters, digits and _ - | * are); check for blanks',
  'both-missing': 'is missing: give the order number, or --transaction-id',
  'reason-too-long': 'is longer than 200 characters; shorten it',
  'order-not-found': 'is not an order of this terminal; check the number',
  'not-stuck': 'does not stand before a manager, so there is nothing to settle; see: facepay orders --stuck',
  'not-a-day': 'is not a day; write it like 2026-11-23',
  'unknown-state': 'is no state of an order; one or more, with commas, of: paying, paid, failed, not-found, armed, choosing, reversing, confirming, closed, refunded, attention, settled, same-as, unreadable',
  'not-an-amount': 'is neither an amount nor a range; write it like 12.34 or 10-20',
  'not-a-limit': 'is not a number from 1 to 100000',
  'not-with-filters': 'lists all that is stuck and takes no filter; leave one of the two out',
  'not-a-time': 'is not an ISO 8601 time; write it like 2026-11-23T14:05:00+08:00',
  'in-the-future': 'lies in the future; check the time and its zone',
  'order-too-old': 'is more than 7 days ago, and WeChat reverses no older orders; refund it in the merchant platform',
  'not-a-number': 'is not a number; give whole seconds',
  'unknown-option': 'is not an option of this command; see --help',
  'takes-no-value': 'is a switch and takes no value; leave it out',
  'unknown-command': 'is not a command; see --help',
  'unknown-scenario': 'is not a scenario; see README, "Practice"',
  'not-set-up': 'has no merchant yet; run: facepay init --from merchant.json',
  'file-not-found': 'names a file that is not there; check the path (it counts from the folder of merchant.json)',
  'file-unreadable': 'names a file that cannot be read; check its permissions',
  'not-json': 'is not JSON; check it with any JSON editor',
  'unknown-field': 'is not a field of merchant.json; check the spelling (README, "Set up a terminal")',
  'wrong-type': 'is of the wrong kind (text, number, object); see README, "Set up a terminal"',
  'out-of-range': 'is too small or too large; see README, "Set up a terminal"',
  'not-one-of': 'has none of the values it may have; see README, "Set up a terminal"',
  'digits-only': 'must be digits only',
  'not-an-https-origin': 'must be like https://api.mch.weixin.qq.com, with nothing behind it',
  'api-key-shape': 'must be the APIv2 key of 32 letters and digits (merchant platform, account centre, API security)',
  'one-of-apiKey-apiKeyFile': 'or apiKeyFile: give exactly one of the two',
  'certificate-shape': 'must be {"p12File", "passphrase"?} or {"certFile", "keyFile"}',
  'p12-passphrase': 'cannot be opened: wrong passphrase, or a damaged file. The passphrase is the mch_id unless it was changed',
  'p12-unreadable': 'is no PKCS#12 file; use apiclient_cert.p12 from the merchant platform',
  'p12-incomplete': 'has no certificate or no key in it; download it again from the merchant platform',
  'cert-unreadable': 'is no PEM certificate; use apiclient_cert.pem',
  'key-unreadable': 'is no PEM key without a passphrase; use apiclient_key.pem',
  'key-mismatch': 'has a key that does not belong to the certificate; use the pair of one download',
  'cert-expired': 'has expired; renew it in the merchant platform and run init again',
  'cert-not-yet-valid': 'is not valid yet; check this machine’s clock',
  'cert-of-other-merchant': 'belongs to another merchant; it must be the certificate of mchId',
  damaged: 'is damaged and was left untouched; restore it from a backup, or move it away and set up again',
  'wrong-key': 'cannot be opened with this device’s secret (or FACEPAY_PASSPHRASE); run init again on this device',
  'newer-file': 'was written by a newer version of this app and was left untouched; install that version',
  'other-environment': 'belongs to the other mode (practice or live) and was left untouched; use another --profile',
  'not-durable': 'is on a file system that cannot keep it safe (no WAL); use a local disk',
  'disk-full': 'cannot be written: the disk is full; free some space',
  'read-only': 'cannot be written: read-only; check the disk and the folder’s permissions',
  'not-permitted': 'may not be opened by this user; run the command as the user who set the terminal up',
  busy: 'is held by another program; close it and try again',
  io: 'cannot be read or written; check the disk',
  'not-saved': 'could not be written to the journal, so nothing was started; check the disk',
  'already-settled': 'is settled already, or was never sent: there is nothing to cancel',
  'verify-or-export': 'takes one of two words: verify or export',
  'file-exists': 'is there already and was left untouched; give another name',
  'folder-not-found': 'is in a folder that is not there; make it, or give another name',
  'older-file': 'is from before the audit trail; start the app once, which brings it up to date',
  'not-an-export': 'is no export of an audit trail, or its last line is missing; export again',
  'export-of-other-key': 'was made under another device secret: by another terminal, or before this one’s secret changed. It can be verified there only',
  'export-edited': 'was changed after it was exported; do not rely on it',
  'export-not-held': 'was exported here, and the journal no longer holds what it ended with: an older copy of the journal was put back, or entries were removed. Keep both files for the investigation',
  'port-taken': 'is taken by another program; give another --port',
};

/** Reason and remedy of a problem, to be read after the field's name. */
export const problemWords = ({ code }: FieldProblem): string => PROBLEMS[code] ?? `is not accepted (${code})`;

export function phaseWords({ phase, attemptCount, lastAnswer }: OrderView): string {
  switch (phase.name) {
    case 'paying':
      return lastAnswer === null ? 'result unknown' : `result unknown (WeChat says ${lastAnswer})`;
    case 'paid':
      return 'paid';
    case 'failed':
      return `not charged (${phase.cause})`;
    case 'not-found':
      return 'WeChat does not know this number';
    case 'armed':
      return `cancel armed; leaves in ${seconds(phase.firesInMs)}`;
    case 'choosing':
      return 'paid after the cancel was armed; keep or refund?';
    case 'reversing':
      return phase.nextInMs === null
        ? `cancelling, attempt ${String(phase.attempt)}`
        : `cancelling; ${String(attemptCount)} attempts so far (last: ${phase.lastResult ?? '-'}, recall ${phase.recall ?? '-'}), next in ${seconds(phase.nextInMs)}`;
    case 'confirming':
      return 'reverse accepted; waiting for the query that proves it';
    case 'cancelled':
      return phase.outcome === 'refunded'
        ? `cancelled, refunded (proved by ${phase.proof})`
        : `cancelled, not charged (proved by ${phase.proof})`;
    case 'attention':
      return `needs a manager: ${en.cause[phase.cause].title}`;
    case 'settled':
      return `settled: ${phase.reason}`;
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

export function rowWords({ atMs, what, attempt, result, errCode, recall, host, latencyMs }: TimelineRow): string {
  const parts = [
    attempt === null ? what : `${what} #${String(attempt)}`,
    result,
    errCode,
    recall === null ? null : `recall=${recall}`,
    host,
    latencyMs === null ? null : `${String(latencyMs)} ms`,
  ];
  return `${new Date(atMs).toISOString().slice(11, 23)}  ${parts.filter((part) => part !== null).join('  ')}`;
}
