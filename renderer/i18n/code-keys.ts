/**
 * The key of every code's words, for codes that several parts of the screen show. A table that only one part needs
 * stands beside that part. Each key is written out in full, so that searching for it finds where its words are used.
 */
import type { ActCode } from '../../shared/contract/stuck.ts';
import type { commands } from '../../shared/contract/all.ts';
import type { CommandName, commonCodes } from '../../shared/ipc.ts';
import type { ErrCode } from '../../shared/order/err-code.ts';
import type { CancelOutcome, Cause, NoAnswer, PhaseView, TradeState, Verdict } from '../../shared/order/order.ts';
import type { ReasonCode } from '../../shared/order/reason.ts';
import type { Role } from '../../shared/role.ts';
import type { KeysOf, MessageKey, PartKeysOf, Words } from './i18n.ts';
import type { WaitLeft } from './seconds-left.ts';

export const VERDICT_KEYS = {
  'charge-again': 'verdict.charge-again',
  'do-not-charge': 'verdict.do-not-charge',
  paid: 'verdict.paid',
} as const satisfies KeysOf<'verdict', Verdict>;

/** The short names of the states; `recall` and the outcomes divide two of the phases further. */
export const STATE_KEYS = {
  paying: 'state.paying',
  paid: 'state.paid',
  failed: 'state.failed',
  'not-found': 'state.not-found',
  armed: 'state.armed',
  choosing: 'state.choosing',
  reversing: 'state.reversing',
  recall: 'state.recall',
  confirming: 'state.confirming',
  closed: 'state.closed',
  refunded: 'state.refunded',
  revoked: 'state.revoked',
  attention: 'state.attention',
  'handed-over': 'state.handed-over',
  settled: 'state.settled',
} as const satisfies KeysOf<
  'state',
  Exclude<PhaseView['name'], 'cancelled'> | CancelOutcome | 'recall' | 'handed-over'
>;

/** An order before a manager: the title, and what the cashier does. */
export const CAUSE_KEYS = {
  expired: { title: 'cause.expired.title', cashier: 'cause.expired.cashier' },
  signature: { title: 'cause.signature.title', cashier: 'cause.signature.cashier' },
  'certificate-refused': {
    title: 'cause.certificate-refused.title',
    cashier: 'cause.certificate-refused.cashier',
  },
  parameter: { title: 'cause.parameter.title', cashier: 'cause.parameter.cashier' },
  'not-permitted': {
    title: 'cause.not-permitted.title',
    cashier: 'cause.not-permitted.cashier',
  },
  'trade-error': {
    title: 'cause.trade-error.title',
    cashier: 'cause.trade-error.cashier',
  },
  refused: { title: 'cause.refused.title', cashier: 'cause.refused.cashier' },
  contradiction: {
    title: 'cause.contradiction.title',
    cashier: 'cause.contradiction.cashier',
  },
  'order-not-found': {
    title: 'cause.order-not-found.title',
    cashier: 'cause.order-not-found.cashier',
  },
  undecided: { title: 'cause.undecided.title', cashier: 'cause.undecided.cashier' },
  'wrong-merchant': {
    title: 'cause.wrong-merchant.title',
    cashier: 'cause.wrong-merchant.cashier',
  },
  'partly-refunded': {
    title: 'cause.partly-refunded.title',
    cashier: 'cause.partly-refunded.cashier',
  },
  'other-order': {
    title: 'cause.other-order.title',
    cashier: 'cause.other-order.cashier',
  },
  'unknown-state': {
    title: 'cause.unknown-state.title',
    cashier: 'cause.unknown-state.cashier',
  },
} as const satisfies PartKeysOf<'cause', Cause, 'title' | 'cashier'>;

export const TRADE_STATE_KEYS = {
  SUCCESS: 'tradeState.SUCCESS',
  REFUND: 'tradeState.REFUND',
  NOTPAY: 'tradeState.NOTPAY',
  CLOSED: 'tradeState.CLOSED',
  REVOKED: 'tradeState.REVOKED',
  USERPAYING: 'tradeState.USERPAYING',
  PAYERROR: 'tradeState.PAYERROR',
  ACCEPT: 'tradeState.ACCEPT',
  NOTFOUND: 'tradeState.NOTFOUND',
} as const satisfies KeysOf<'tradeState', TradeState | 'NOTFOUND'>;

/**
 * Every err_code that the app knows (shared/order/err-code.ts), and the other values that an order's view may have in its
 * place.
 */
export const ERR_CODE_KEYS = {
  SYSTEMERROR: 'errCode.SYSTEMERROR',
  BANKERROR: 'errCode.BANKERROR',
  USERPAYING: 'errCode.USERPAYING',
  PARAM_ERROR: 'errCode.PARAM_ERROR',
  ORDERPAID: 'errCode.ORDERPAID',
  NOAUTH: 'errCode.NOAUTH',
  AUTHCODEEXPIRE: 'errCode.AUTHCODEEXPIRE',
  NOTENOUGH: 'errCode.NOTENOUGH',
  NOTSUPORTCARD: 'errCode.NOTSUPORTCARD',
  ORDERCLOSED: 'errCode.ORDERCLOSED',
  ORDERREVERSED: 'errCode.ORDERREVERSED',
  AUTH_CODE_ERROR: 'errCode.AUTH_CODE_ERROR',
  AUTH_CODE_INVALID: 'errCode.AUTH_CODE_INVALID',
  XML_FORMAT_ERROR: 'errCode.XML_FORMAT_ERROR',
  REQUIRE_POST_METHOD: 'errCode.REQUIRE_POST_METHOD',
  SIGNERROR: 'errCode.SIGNERROR',
  LACK_PARAMS: 'errCode.LACK_PARAMS',
  NOT_UTF8: 'errCode.NOT_UTF8',
  BUYER_MISMATCH: 'errCode.BUYER_MISMATCH',
  APPID_NOT_EXIST: 'errCode.APPID_NOT_EXIST',
  MCHID_NOT_EXIST: 'errCode.MCHID_NOT_EXIST',
  OUT_TRADE_NO_USED: 'errCode.OUT_TRADE_NO_USED',
  APPID_MCHID_NOT_MATCH: 'errCode.APPID_MCHID_NOT_MATCH',
  TRADE_ERROR: 'errCode.TRADE_ERROR',
  INVALID_REQUEST: 'errCode.INVALID_REQUEST',
  INVALID_TRANSACTIONID: 'errCode.INVALID_TRANSACTIONID',
  REVERSE_EXPIRE: 'errCode.REVERSE_EXPIRE',
  BIZERR_NEED_RETRY: 'errCode.BIZERR_NEED_RETRY',
  ORDER_NOT_READY: 'errCode.ORDER_NOT_READY',
  ERROR: 'errCode.ERROR',
  REFUND_FEE_MISMATCH: 'errCode.REFUND_FEE_MISMATCH',
  TRADE_OVERDUE: 'errCode.TRADE_OVERDUE',
  USER_ACCOUNT_ABNORMAL: 'errCode.USER_ACCOUNT_ABNORMAL',
  ORDERNOTEXIST: 'errCode.ORDERNOTEXIST',
  'never-sent': 'errCode.never-sent',
  PAYERROR: 'errCode.PAYERROR',
  CERT_ERROR: 'errCode.CERT_ERROR',
  FREQUENCY_LIMITED: 'errCode.FREQUENCY_LIMITED',
  INVALID_REQ_TOO_MUCH: 'errCode.INVALID_REQ_TOO_MUCH',
  other: 'errCode.other',
} as const satisfies KeysOf<'errCode', ErrCode | 'never-sent' | 'PAYERROR' | 'other'>;

export const NO_ANSWER_KEYS = {
  'not-sent': 'noAnswer.not-sent',
  'server-not-trusted': 'noAnswer.server-not-trusted',
  timeout: 'noAnswer.timeout',
  broken: 'noAnswer.broken',
  'http-status': 'noAnswer.http-status',
  'too-large': 'noAnswer.too-large',
  'bad-xml': 'noAnswer.bad-xml',
  'bad-signature': 'noAnswer.bad-signature',
  'wrong-merchant': 'noAnswer.wrong-merchant',
  'bad-reply': 'noAnswer.bad-reply',
  'unsigned-fail': 'noAnswer.unsigned-fail',
  busy: 'noAnswer.busy',
  'too-often': 'noAnswer.too-often',
  'certificate-refused': 'noAnswer.certificate-refused',
  interrupted: 'noAnswer.interrupted',
} as const satisfies KeysOf<'noAnswer', NoAnswer>;

/** `ActCode`: `manager.act` answers for each order by itself. */
type Code = (typeof commands)[CommandName]['codes'][number] | (typeof commonCodes)[number] | ActCode;
type Problem = keyof Words['problem'];

/** Why a command was refused; errors of a field are in PROBLEM_KEYS. */
export const REFUSAL_KEYS = {
  'order-not-found': 'refusal.order-not-found',
  'paid-needs-manager': 'refusal.paid-needs-manager',
  'manager-only': 'refusal.manager-only',
  'no-code-wanted': 'refusal.no-code-wanted',
  'which-number': 'refusal.which-number',
  'payment-code': 'refusal.payment-code',
  'too-late': 'refusal.too-late',
  'nothing-to-choose': 'refusal.nothing-to-choose',
  'already-settled': 'refusal.already-settled',
  'order-too-old': 'refusal.order-too-old',
  'not-saved': 'refusal.not-saved',
  busy: 'refusal.busy',
  'not-practice': 'refusal.not-practice',
  'bad-input': 'refusal.bad-input',
  forbidden: 'refusal.forbidden',
  'not-started': 'refusal.not-started',
  bug: 'refusal.bug',
  'refund-too-early': 'refusal.refund-too-early',
  'still-cancelling': 'refusal.still-cancelling',
  'not-handed-over': 'refusal.not-handed-over',
  'handed-over': 'refusal.handed-over',
  'reason-needed': 'refusal.reason-needed',
  'not-held': 'refusal.not-held',
  'changed-meanwhile': 'refusal.changed-meanwhile',
  'never-reversed': 'refusal.never-reversed',
  'has-refund': 'refusal.has-refund',
  'refund-under-way': 'refusal.refund-under-way',
  'refund-impossible': 'refusal.refund-impossible',
  'reverse-instead': 'refusal.reverse-instead',
  'refund-too-old': 'refusal.refund-too-old',
  'refund-too-much': 'refusal.refund-too-much',
  'no-such-refund': 'refusal.no-such-refund',
  'in-the-future': 'refusal.in-the-future',
  'numbers-differ': 'refusal.numbers-differ',
  'pin-wrong': 'refusal.pin-wrong',
  'pin-locked': 'refusal.pin-locked',
  'pin-not-set': 'refusal.pin-not-set',
  'pins-unreadable': 'refusal.pins-unreadable',
  'pin-shape': 'refusal.pin-shape',
  'pin-trivial': 'refusal.pin-trivial',
  'pin-not-yours': 'refusal.pin-not-yours',
  'pin-initial': 'refusal.pin-initial',
  'pin-same': 'refusal.pin-same',
  'nobody-on-shift': 'refusal.nobody-on-shift',
  'sheet-not-found': 'refusal.sheet-not-found',
  'list-changed': 'refusal.list-changed',
  'unknown-cashier': 'refusal.unknown-cashier',
  'shift-taken': 'refusal.shift-taken',
  'payment-under-way': 'refusal.payment-under-way',
  'name-taken': 'refusal.name-taken',
  'too-many-cashiers': 'refusal.too-many-cashiers',
  'cashier-on-shift': 'refusal.cashier-on-shift',
  cancelled: 'refusal.cancelled',
  'not-printed': 'refusal.not-printed',
  'print-timed-out': 'refusal.print-timed-out',
  'printer-gone': 'refusal.printer-gone',
  'printer-virtual': 'refusal.printer-virtual',
  'printer-not-chosen': 'refusal.printer-not-chosen',
  'not-written': 'refusal.not-written',
  'no-report': 'refusal.no-report',
  'already-running': 'refusal.already-running',
  'customer-at-camera': 'refusal.customer-at-camera',
  'cancel-going-out': 'refusal.cancel-going-out',
  'draft-not-found': 'refusal.draft-not-found',
  'file-unreadable': 'refusal.file-unreadable',
  'file-too-large': 'refusal.file-too-large',
  'orders-unsettled': 'refusal.orders-unsettled',
  'orders-unknown': 'refusal.orders-unknown',
  'pin-first': 'refusal.pin-first',
  'no-previous': 'refusal.no-previous',
  'provision-not-found': 'refusal.provision-not-found',
  'disk-full': 'refusal.disk-full',
  'read-only': 'refusal.read-only',
  'not-permitted': 'refusal.not-permitted',
  io: 'refusal.io',
  'journal-busy': 'refusal.journal-busy',
  'newer-file': 'refusal.newer-file',
  'older-file': 'refusal.older-file',
  'audit-unreadable': 'refusal.audit-unreadable',
  'no-slip': 'refusal.no-slip',
  'busy-comparing': 'refusal.busy-comparing',
  'nothing-compared': 'refusal.nothing-compared',
  'bill-to-come': 'refusal.bill-to-come',
  'bill-too-old': 'refusal.bill-too-old',
  'exercise-not-done': 'refusal.exercise-not-done',
} as const satisfies KeysOf<'refusal', Exclude<Code, Problem>>;

/** What refundquery says of one refund. */
export const REFUND_KEYS = {
  SUCCESS: 'timeline.refund.SUCCESS',
  PROCESSING: 'timeline.refund.PROCESSING',
  CHANGE: 'timeline.refund.CHANGE',
  REFUNDCLOSE: 'timeline.refund.REFUNDCLOSE',
  REFUNDNOTEXIST: 'timeline.refund.REFUNDNOTEXIST',
} as const;

export const PROBLEM_KEYS = {
  missing: 'problem.missing',
  'too-long': 'problem.too-long',
  'bad-characters': 'problem.bad-characters',
  'not-a-number': 'problem.not-a-number',
  'fraction-of-fen': 'problem.fraction-of-fen',
  'not-positive': 'problem.not-positive',
  'too-large': 'problem.too-large',
} as const satisfies KeysOf<'problem', Problem>;

export const FIELD_KEYS = {
  number: 'field.number',
  amountFen: 'field.amountFen',
  other: 'field.other',
  outTradeNo: 'field.outTradeNo',
  transactionId: 'field.transactionId',
  refundNumber: 'field.refundNumber',
  note: 'field.note',
  name: 'field.name',
  port: 'field.port',
} as const satisfies KeysOf<'field', keyof Words['field']>;

/** Which part of the terminal could not be opened, and why. */
export const START_PART_KEYS = {
  settings: 'start.part.settings',
  credentials: 'start.part.credentials',
  journal: 'start.part.journal',
  practice: 'start.part.practice',
} as const satisfies KeysOf<'start.part', keyof Words['start']['part']>;

export const START_REASON_KEYS = {
  missing: 'start.reason.missing',
  'settings-missing': 'start.reason.settings-missing',
  damaged: 'start.reason.damaged',
  'wrong-key': 'start.reason.wrong-key',
  'newer-file': 'start.reason.newer-file',
  'other-environment': 'start.reason.other-environment',
  'not-durable': 'start.reason.not-durable',
  'disk-full': 'start.reason.disk-full',
  'read-only': 'start.reason.read-only',
  busy: 'start.reason.busy',
  io: 'start.reason.io',
  'not-permitted': 'start.reason.not-permitted',
  'passphrase-needed': 'start.reason.passphrase-needed',
  'in-key-store': 'start.reason.in-key-store',
  'key-store-unavailable': 'start.reason.key-store-unavailable',
  'key-store-refused': 'start.reason.key-store-refused',
  other: 'start.reason.other',
} as const satisfies KeysOf<'start.reason', keyof Words['start']['reason']>;

export const REASON_KEYS = {
  'customer-cancelled': 'reason.customer-cancelled',
  'wrong-amount': 'reason.wrong-amount',
  duplicate: 'reason.duplicate',
  'device-fault': 'reason.device-fault',
  other: 'reason.other',
} as const satisfies KeysOf<'reason', ReasonCode>;

export const ROLE_KEYS = {
  cashier: 'role.cashier',
  manager: 'role.manager',
  technician: 'role.technician',
} as const satisfies KeysOf<'role', Role>;

export const WAIT_KEYS = {
  seconds: 'wait.seconds',
  minutes: 'wait.minutes',
  hours: 'wait.hours',
} as const satisfies KeysOf<'wait', WaitLeft['unit']>;

/** What the cashier does after an answer, or what goes on by itself; `null` where the screen around it says that. */
export type Advice = keyof typeof ADVICE_KEYS;

export const ADVICE_KEYS = {
  'app-asks': 'advice.app-asks',
  'app-waits': 'advice.app-waits',
  manager: 'advice.manager',
  technician: 'advice.technician',
  network: 'advice.network',
  history: 'advice.history',
  phone: 'advice.phone',
  'other-way': 'advice.other-way',
  'other-card': 'advice.other-card',
  'code-again': 'advice.code-again',
  'bind-again': 'advice.bind-again',
  'take-again': 'advice.take-again',
  'not-again': 'advice.not-again',
  'check-number': 'advice.check-number',
} as const satisfies Record<string, MessageKey>;

export const ADVICE = {
  SYSTEMERROR: 'app-asks',
  BANKERROR: 'app-asks',
  USERPAYING: 'phone',
  PARAM_ERROR: 'manager',
  ORDERPAID: 'not-again',
  NOAUTH: 'bind-again',
  AUTHCODEEXPIRE: 'code-again',
  NOTENOUGH: 'other-way',
  NOTSUPORTCARD: 'other-card',
  ORDERCLOSED: 'take-again',
  ORDERREVERSED: 'take-again',
  AUTH_CODE_ERROR: 'code-again',
  AUTH_CODE_INVALID: 'code-again',
  XML_FORMAT_ERROR: 'manager',
  REQUIRE_POST_METHOD: 'manager',
  SIGNERROR: 'manager',
  LACK_PARAMS: 'manager',
  NOT_UTF8: 'manager',
  BUYER_MISMATCH: 'take-again',
  APPID_NOT_EXIST: 'manager',
  MCHID_NOT_EXIST: 'manager',
  OUT_TRADE_NO_USED: 'take-again',
  APPID_MCHID_NOT_MATCH: 'bind-again',
  TRADE_ERROR: 'other-way',
  INVALID_REQUEST: 'manager',
  INVALID_TRANSACTIONID: 'check-number',
  REVERSE_EXPIRE: 'manager',
  BIZERR_NEED_RETRY: 'app-asks',
  ORDER_NOT_READY: 'app-waits',
  ERROR: 'manager',
  REFUND_FEE_MISMATCH: 'manager',
  TRADE_OVERDUE: 'manager',
  USER_ACCOUNT_ABNORMAL: 'manager',
  ORDERNOTEXIST: 'check-number',
  'never-sent': 'take-again',
  PAYERROR: null,
  CERT_ERROR: 'manager',
  FREQUENCY_LIMITED: 'app-waits',
  INVALID_REQ_TOO_MUCH: 'app-waits',
  other: 'history',
  'not-sent': 'network',
  'server-not-trusted': 'manager',
  timeout: 'app-asks',
  broken: 'app-asks',
  'http-status': 'app-asks',
  'too-large': 'app-asks',
  'bad-xml': 'app-asks',
  'bad-signature': 'app-asks',
  'wrong-merchant': 'app-asks',
  'bad-reply': 'app-asks',
  'unsigned-fail': 'app-asks',
  busy: 'app-asks',
  'too-often': 'app-asks',
  'certificate-refused': 'manager',
  interrupted: 'app-asks',
} as const satisfies Record<keyof typeof ERR_CODE_KEYS | NoAnswer, Advice | null>;
