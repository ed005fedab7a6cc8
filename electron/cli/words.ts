/** The terminal command's words: English, for technicians and scripts' logs. The cashier's are in shared/locales. */
import { BEIJING_MS } from '../../shared/beijing.ts';
import { formatYuan } from '../../shared/money.ts';
import type { CancelOutcome, OrderView, TimelineRow } from '../../shared/order/order.ts';
import type { RefundView } from '../../shared/order/refund.ts';
import { refundMadeOf } from '../../shared/order/reason.ts';
import { scenarioSchema } from '../../shared/practice/scenarios.ts';
import { BAUD_RATES } from '../../shared/settings.ts';
import type { FieldProblem } from '../app/setup/merchant-file.ts';
import en from '../../shared/locales/en.json' with { type: 'json' };

/** Where each field of merchant.json and terminal.json is described. */
const FILE_FIELDS = 'build/guide/en/technician.md, "Unattended"';

const PROBLEMS: Readonly<Record<string, string>> = {
  missing: 'is missing; give it',
  'too-long': 'is longer than 32 characters; WeChat Pay numbers are not. Check the number',
  'bad-characters':
    'has characters that WeChat Pay does not allow (letters, digits and _ - | * @ are); remove the others',
  'both-missing': 'is missing: give the order number, or --transaction-id',
  'reason-too-long': 'is longer than 200 characters; shorten it',
  'reason-characters':
    'has a line break or another control character, or begins like the app’s own notes; write it plainly in one line',
  'unknown-reason': 'is none of: customer-cancelled, wrong-amount, duplicate, device-fault, other',
  'order-not-found': 'is not an order of this terminal; check the number',
  'reason-needed':
    'is paid, so cancelling it is a refund; say why with --reason-code (and --reason), and run the command again',
  'handed-over':
    'is being refunded in the merchant platform (a manager handed it over there); ask WeChat with facepay query, or settle it',
  'not-stuck': 'does not stand before a manager, so there is nothing to settle; see: facepay orders --stuck',
  'unknown-state':
    'is no state of an order; one or more, with commas, of: paying, paid, failed, not-found, armed, choosing, reversing, confirming, closed, refunded, attention, settled, same-as, unreadable',
  'not-a-sum': 'is not an amount from 0.01 to 50000; write it in yuan, like 12.34',
  'code-only-stdin': 'is missing: the customer’s code comes on standard input, so that no list of processes shows it',
  'code-as-argument':
    'must not be an argument: everybody on this machine can read those. Give it on standard input, with --code-stdin',
  'no-payment-code':
    'is no payment code of WeChat Pay (18 digits from 10 to 16); ask the customer to open the payment code, and scan that',
  'code-of-alipay': 'is of Alipay; ask the customer for the payment code of WeChat Pay',
  'code-of-unionpay': 'is of UnionPay; ask the customer for the payment code of WeChat Pay',
  'no-codes':
    'is not set up for payment codes, so nothing was charged; set "device" to "code" in merchant.json and run: facepay init',
  'number-taken': 'is the number of another order, so nothing was charged; give a new one, or leave --order out',
  'amount-differs':
    'is not what the order of this number was paid with; nothing was charged. See: facepay orders --number',
  'not-an-amount': 'is neither an amount nor a range; write it like 12.34 or 10-20',
  'not-a-limit': 'is not a number from 1 to 100000',
  'not-with-filters': 'lists all that is stuck and takes no filter; leave one of the two out',
  'not-a-time': 'is not an ISO 8601 time; write it like 2026-11-23T14:05:00+08:00',
  'in-the-future': 'lies in the future; check the time and its zone',
  'order-too-old': 'is more than 7 days ago, and WeChat reverses no older orders; refund it in the merchant platform',
  'has-refund': 'has a refund that was asked for here, so it can no longer be cancelled; see: facepay query',
  'refund-under-way': 'has a refund without a result yet; wait for that, or run: facepay resume',
  'refund-impossible':
    'cannot be refunded now: it is not known to be paid, or is being cancelled, or is being refunded in the merchant platform',
  'reverse-instead': 'is younger than 7 days, and its whole amount goes back by cancelling it; run: facepay cancel',
  'refund-too-old':
    'was paid over a year ago, and WeChat refunds no older orders; pay the customer back in another way',
  'refund-too-much': 'is more than is left of the order; see: facepay query',
  'no-such-refund': 'has no refund that waits for a manager',
  'again-has-its-sum': 'does not go with --again: a refund that is sent again keeps its sum; leave one of the two out',
  'not-a-number': 'is not a number; give whole seconds',
  'unknown-option': 'is not an option of this command; see --help',
  'takes-no-value': 'is a switch and takes no value; leave it out',
  'unknown-command': 'is not a command; see --help',
  'unknown-scenario': `is none of: ${scenarioSchema.options.join(', ')}`,
  'not-set-up': 'has no merchant yet; run: facepay init --from merchant.json',
  'file-not-found': 'names a file that is not there; check the path (it counts from the folder of merchant.json)',
  'file-unreadable': 'names a file that cannot be read; check its permissions',
  'not-json': 'is not JSON; mend the place that is named',
  'not-text': 'is no text file; save it as UTF-8',
  'must-be-text': 'must be text; write it in quotes',
  'unknown-field': `is not a field of this file; check the spelling (${FILE_FIELDS})`,
  'wrong-type': `is of the wrong kind (text, number, object); see ${FILE_FIELDS}`,
  'out-of-range': `is too small or too large; see ${FILE_FIELDS}`,
  'not-one-of': `has none of the values it may have; see ${FILE_FIELDS}`,
  'digits-only': 'must be digits only',
  'not-an-https-origin': 'must be like https://api.mch.weixin.qq.com, with nothing behind it',
  'not-an-http-proxy': 'must be like http://192.168.1.1:8080, with nothing behind it',
  'proxy-half-account': 'needs user and password both, or neither',
  'proxy-account-of-environment': 'HTTPS_PROXY brings its own account; leave user and password out',
  'proxy-account': 'is not let in by the proxy; check its name and password',
  'proxy-refused': 'lets nothing through to WeChat Pay; have the addresses allowed there',
  'no-proxy-there': 'is answered by something that is no HTTP proxy; check host and port',
  'code-needs-micropay':
    'is code, and payment codes are paid through micropay only; set family to micropay, or leave family out',
  'bridge-needs-helper':
    'belongs to the device sdk-bridge and to no other: give {"program", "library"} with it, or leave it out',
  'not-a-full-path': 'must be a full path, such as C:\\Program Files\\FaceHelper\\face-helper.exe',
  'helper-missing': 'names a program that is not there; install the helper of the face SDK on this terminal',
  'helper-unprotected':
    'can be changed by others than administrators; put it under Program Files (Linux, macOS: where only root may write)',
  'helper-changed': 'is another program than the one whose sha256 is given; find out who replaced it',
  'library-missing': 'names a library that is not there; install the maker’s face SDK on this terminal',
  'library-unprotected':
    'can be changed by others than administrators; install it under Program Files (Linux, macOS: where only root may write)',
  'code-port-needs-code': 'is for payment codes; set device to code, or leave codePort out',
  'not-a-serial-port': 'must be like COM3 (Windows) or /dev/ttyACM0 (Linux)',
  'not-a-baud-rate': `must be one of ${BAUD_RATES.join(', ')}, as the scanner is set`,
  'api-key-shape': 'must be the APIv2 key of 32 letters and digits (merchant platform, account centre, API security)',
  'one-of-apiKey-apiKeyFile': 'or apiKeyFile: give exactly one of the two',
  'certificate-shape': 'must be {"p12File", "passphrase"?} or {"certFile", "keyFile"}',
  'p12-passphrase':
    'cannot be opened: wrong passphrase, or a damaged file. The passphrase is the mch_id unless it was changed',
  'p12-unreadable': 'is no PKCS#12 file; use apiclient_cert.p12 from the merchant platform',
  'not-p12-but-pem':
    'is no PKCS#12 file but a certificate or key alone; use apiclient_cert.p12, or give certFile and keyFile',
  'not-pem-but-p12': 'is a PKCS#12 file; give it as p12File, or use apiclient_cert.pem',
  'p12-incomplete': 'has no certificate or no key in it; download it again from the merchant platform',
  'cert-unreadable': 'is no PEM certificate; use apiclient_cert.pem',
  'key-unreadable': 'is no PEM key without a passphrase; use apiclient_key.pem',
  'not-a-certificate': 'holds neither a certificate nor a key; use apiclient_cert.p12',
  'key-encrypted': 'is a key under a passphrase; use apiclient_key.pem as it was downloaded, or apiclient_cert.p12',
  'key-not-rsa':
    'holds a key of another kind (EC), and WeChat’s are RSA; use apiclient_cert.p12 from the merchant platform',
  'key-too-short':
    'holds an RSA key of under 2048 bits, which TLS refuses; download the certificate again from the merchant platform',
  'cert-refused-by-tls':
    'is refused by TLS, so no call could be made with it; download it again from the merchant platform',
  'key-mismatch': 'has a key that does not belong to the certificate; use the pair of one download',
  'cert-expired': 'has expired; renew it in the merchant platform and run init again',
  'cert-not-yet-valid': 'is not valid yet; check this machine’s clock',
  'cert-of-other-merchant': 'belongs to another merchant; it must be the certificate of mchId',
  'settings-missing':
    'is gone or empty, and records or keys of a merchant are beside it: nothing is done as practice; restore it from a backup, or run: facepay init',
  damaged: 'is damaged and was left untouched; restore it from a backup, or move it away and set up again',
  'journal-damaged':
    'is damaged, and no command changes it. Start the app: it keeps the file, takes over the orders that can be read and names the rest; facepay audit verify tells more',
  'journal-missing':
    'is gone or empty, although what lies beside it says that there was a journal. Put it back if somebody moved it; else start the app, which begins a new one and says so',
  'passphrase-needed': 'is sealed with a passphrase; give it in FACEPAY_PASSPHRASE',
  'in-key-store':
    'is sealed by this system’s key store, which only the app can open, not facepay. Use the app; or in its set-up choose a support passphrase and run facepay with FACEPAY_PASSPHRASE; or choose another protection there',
  'key-store-unavailable':
    'is sealed by this system’s key store, which does not answer; sign in to the system, or set up again',
  'key-store-refused': 'is not known to this system’s key store any more (another account or machine); set up again',
  'orders-unsettled':
    'has orders of the present merchant that are not finished, and only that merchant’s key can finish them; run facepay resume, see facepay orders --stuck, and settle them first',
  'orders-unknown':
    'cannot be read, so nobody knows whether orders of the present merchant are unfinished; run facepay audit verify, and set up again once it can be read',
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
  'not-a-day': 'is not a day; write it like 2026-11-23 (Beijing time)',
  'ends-before-it-begins': 'lies before --from; swap the two',
  'unknown-group': 'is none of: all, paid, cancelled, unresolved, failed, settled',
  'unknown-language': 'is neither zh-CN nor en',
  'not-a-bill':
    'is not a bill of WeChat Pay: its first line does not name the columns. Download it again and give it as it is',
  'not-all-bill': 'is not the bill of all trades; download the one of type ALL (全部)',
  'excel-file': 'is an Excel workbook, not the CSV file that WeChat made; choose that one',
  'zip-file': 'is a zip file; unpack it and give the CSV file that is in it',
  'not-utf8': 'is not UTF-8; another program has saved it. Download it again and give it as it is',
  'broken-line': 'is no row of a bill; another program may have saved the file. Download it again and give it as it is',
  'line-too-long': 'is longer than any line of a bill; the file is damaged or is something else',
  'no-totals': 'ends without its two lines of totals: it was cut off. Download it again',
  'totals-differ': 'says another number of rows than there are: rows are missing or were added. Download it again',
  'damaged-gzip': 'is damaged gzip; download it again',
  'other-merchant': 'is of another merchant number than this terminal is set up for',
  'other-day': 'is of another day than --day says',
  'several-days': 'has orders of several days; say which with --day',
  'bill-to-come': 'is too new: its bill is there from 10:00 on the next morning (Beijing)',
  'bill-too-old':
    'is too old: WeChat keeps bills for three months. Download it in the merchant platform, and give it with --bill',
  'bill-creating': 'has no bill yet: WeChat is still making it. Try again in half an hour',
  'bill-busy': 'cannot be fetched now: WeChat is busy. Try again later',
  'bill-too-often': 'cannot be fetched now: WeChat was asked too often. Try again later',
  'bill-api-closed': 'cannot be fetched: WeChat has closed the bills of this merchant number. Ask WeChat to open them',
  'bill-refused': 'cannot be fetched: WeChat refuses key, signature or merchant number. Run: facepay doctor',
  'bill-too-large': 'has a bill of more than 512 MiB; download it in the merchant platform, and give it with --bill',
  'bill-disk': 'cannot be kept: the disk does not take the file. Check its space and the folder’s permissions',
  'bill-no-answer': 'cannot be fetched now: WeChat did not answer. Check the network, and try again',
  'bill-no-bill': 'has no bill at WeChat',
  'bill-not-whole':
    'came as no whole bill of that day and merchant number. Try again later, or give the file with --bill',
  'busy-comparing': 'is being compared already; try again when that is done',
  'no-orders': 'has not one order, so it does not say which day it is of; give --day',
  unreadable: 'cannot be read; check the path',
  'older-file': 'is from before the audit trail; start the app once, which brings it up to date',
  'not-an-export': 'is no export of an audit trail, or its last line is missing; export again',
  'export-of-other-key':
    'was made under another device secret: by another terminal, or before this one’s secret changed. It can be verified there only',
  'export-edited': 'was changed after it was exported; do not rely on it',
  'export-not-held':
    'was exported here, and the journal no longer holds what it ended with: an older copy of the journal was put back, or entries were removed. Keep both files for the investigation',
  'make-or-apply': 'takes one of two words: make or apply',
  'provision-unprotected':
    'is missing: give FACEPAY_PROVISION_PASSPHRASE (at least 12 characters), or --key with an Ed25519 private key to sign with',
  'provision-protected-twice':
    'and FACEPAY_PROVISION_PASSPHRASE: give one of the two. A signed file is not encrypted, an encrypted one needs no signature',
  'too-short': 'is too short; give at least 12 characters',
  'unsuitable-key':
    'is no Ed25519 private key without a passphrase; make one with: openssl genpkey -algorithm ed25519 -out fleet.key',
  'not-provision-file': 'is no provisioning file; make one with: facepay provision make',
  'provision-newer': 'was made by a newer version of this app; install that version, or make the file with this one',
  'provision-damaged': 'is damaged: its checksum does not fit. It was left untouched; copy it again',
  'provision-passphrase':
    'does not open it: wrong, or the file was changed. Check FACEPAY_PROVISION_PASSPHRASE; the file was left untouched',
  'provision-unsigned':
    'has a checksum and no signature; a checksum tells damage and nothing of who made the file. Make it again with --key, or under a passphrase',
  'provision-no-fleet-key':
    'is signed, and this terminal has no key to check it with; put the public key (facepay-fleet.pub) into the profile folder',
  'provision-signature':
    'is not signed by this fleet’s key, or was changed afterwards. It was left untouched; have it made again',
  'provision-other-device':
    'is made for another terminal (by its host name or terminal name). It was left untouched; use the one made for this',
  'provision-fields':
    'has content that is not right: a field is missing or wrong, or the gateway is not of the mode (practice or live) it is meant for. Make it again with facepay provision make',
  'not-offered':
    'is a protection that this terminal does not have; make the file with another, or run with FACEPAY_PASSPHRASE',
  'weak-protection':
    'is not given: real money would be guarded by a file on this device alone. Give --accept-weak-protection, or run with FACEPAY_PASSPHRASE',
  'sign-refused': 'is refused: WeChat does not accept signatures made with it. Check the API key and the sign type',
  'certificate-refused': 'is refused by WeChat; check that it was not replaced by a newer one in the merchant platform',
  'merchant-refused':
    'is refused by WeChat together with the appid; check both, and that face payment is opened for them',
  'server-not-trusted':
    'answers with a certificate that is not trusted; check the host, this machine’s clock, and whether something reads along',
  'pin-first': 'has no PIN of a technician, and the file brings none; put one into the file (--terminal)',
  'put-back': 'could not be opened with this set-up, so the one from before was put back; nothing has changed',
  'update-sign-what': 'takes: sign FOLDER --key FILE',
  'no-installer':
    'has no installer whose name holds the version (.exe, .AppImage or .deb); build one, or give --version',
  'not-a-version': 'is not three numbers with dots between, like 1.4.0',
  'bad-release': 'holds a value that no terminal would take: file names of plain letters, a channel in small letters',
  'pin-reset-whom': 'takes two words: reset technician, or reset manager',
  'pin-shape': 'must have 6 to 12 digits',
  'pin-trivial': 'is too easy to guess (a row, a repeat, a date, the merchant number); choose another',
  'pins-differ': 'was not typed the same twice; start again',
  'port-taken': 'is taken by another program; give another --port',
};

/** Reason and remedy of a problem, to be read after the field's name. */
export const problemWords = ({ code, at, given }: FieldProblem): string =>
  [
    PROBLEMS[code] ?? `is not accepted (${code})`,
    ...(at === undefined ? [] : [` (line ${String(at.line)}, column ${String(at.column)}: ${foundWords(at.found)})`]),
    ...(given === undefined ? [] : [` (it is ${given})`]),
  ].join('');

const foundWords = (found: string | null): string =>
  found === null ? 'the file ends there' : `${JSON.stringify(found)} stands there`;

const OUTCOMES: Readonly<Record<CancelOutcome, string>> = {
  closed: 'not charged',
  revoked: 'anything deducted goes back by itself',
  refunded: 'refunded',
};

/** What became of a refund, for people. */
const REFUND_STATES: Readonly<Record<RefundView['state'], string>> = {
  asked: 'asked for, and not sent yet; the app, or facepay resume, goes on with it',
  sending: 'sent, and WeChat has not said whether it took it; the app, or facepay resume, goes on with it',
  accepted: 'on its way (a wallet takes minutes, a bank card up to 3 working days); the app goes on asking about it',
  paid: 'arrived',
  stuck: 'stuck at WeChat: handle it in the merchant platform',
  failed: 'not made: nothing went back',
  attention: 'refused: a manager must look; try it again with --again once the reason is gone',
  settled: 'settled by a manager',
};

export const refundWords = ({ outRefundNo, fen, state, cause, failure, errCode }: RefundView): string => {
  const why = [cause ?? failure, errCode].filter((part) => part !== null).join(', ');
  return `Refund ${outRefundNo} of ¥${formatYuan(fen)}: ${REFUND_STATES[state]}${why === '' ? '' : ` (${why})`}`;
};

export function phaseWords({ phase, attemptCount, lastAnswer, unknownState, refunds }: OrderView): string {
  switch (phase.name) {
    case 'paying':
      if (phase.cancelFirst)
        return `payment failed, but not for certain (${phase.declined ?? '-'}): cancel it before charging again`;
      return (unknownState ?? lastAnswer) === null
        ? 'result unknown'
        : `result unknown (WeChat says ${unknownState ?? lastAnswer ?? ''})`;
    case 'paid':
      return 'paid';
    case 'failed':
      return `not charged (${phase.cause})`;
    case 'not-found':
      return 'WeChat does not know this number';
    case 'armed':
      return `cancel armed; leaves in ${seconds(phase.firesInMs)}`;
    case 'choosing':
      return 'paid after the cancel was armed; nothing was refunded. To refund it, run the command again with --reason-code';
    case 'reversing':
      return phase.nextInMs === null
        ? `cancelling, attempt ${String(phase.attempt)}`
        : `cancelling; ${String(attemptCount)} attempts so far (last: ${phase.lastResult ?? '-'}, recall ${phase.recall ?? '-'}), next in ${seconds(phase.nextInMs)}`;
    case 'confirming':
      return 'reverse accepted; waiting for the query that proves it';
    case 'cancelled':
      return `cancelled, ${OUTCOMES[phase.outcome]} (proved by ${phase.proof})`;
    case 'attention':
      return `needs a manager: ${en.cause[phase.cause].title}${refunds === null ? '' : ` (${formatYuan(refunds.refundedFen)} of ${formatYuan(refunds.totalFen)} yuan)`}`;
    case 'settled':
      return `settled: ${settledWords(phase.reason)}`;
  }
}

function settledWords(reason: string): string {
  const refundNumber = refundMadeOf(reason);
  if (refundNumber === null) return reason;
  return `refunded in the merchant platform, by a manager's word${refundNumber === '' ? '' : ` (refund ${refundNumber})`}`;
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

export function rowWords({
  atMs,
  what,
  attempt,
  result,
  errCode,
  recall,
  reason,
  note,
  host,
  latencyMs,
}: TimelineRow): string {
  const parts = [
    attempt === null ? what : `${what} #${String(attempt)}`,
    result,
    errCode,
    recall === null ? null : `recall=${recall}`,
    reason,
    note,
    host,
    latencyMs === null ? null : `${String(latencyMs)} ms`,
  ];
  return `${new Date(atMs + BEIJING_MS).toISOString().slice(11, 23)}  ${parts.filter((part) => part !== null).join('  ')}`;
}
