/**
 * Bugs put into the product on purpose, to prove that the checks see them: each is one change to one source file, made
 * as the file is loaded. The text to be replaced must stand there exactly once, so that none can go stale unseen.
 */
export interface SeededBug {
  readonly name: string;
  /** From the project's root. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

export const SEEDED_BUGS: readonly SeededBug[] = [
  {
    name: 'the window is 1 ms short',
    file: 'shared/timing.ts',
    find: 'export const REVERSE_WINDOW_MS = DOCUMENTED_WINDOW_MS + TRANSIT_MARGIN_MS;',
    put: 'export const REVERSE_WINDOW_MS = DOCUMENTED_WINDOW_MS + TRANSIT_MARGIN_MS - 1;',
  },
  {
    name: 'the window counts from when the order was written down',
    file: 'electron/orders/machine.ts',
    find: "{ ...order.payCall, at: now, state: 'left' }",
    put: "{ ...order.payCall, state: 'left' }",
  },
  {
    name: 'the wall clock is trusted across processes',
    file: 'electron/base/clock.ts',
    find: 'return Math.max(0, Math.min(mono, now.wallMs - then.wallMs));',
    put: 'return Math.max(0, mono < 0 ? 0 : now.wallMs - then.wallMs);',
  },
  {
    name: 'a pay call that nobody saw leave is taken to have left when it was written down',
    file: 'electron/orders/order-time.ts',
    find: "const lateMs = state === 'leaving' ? Math.min(leavesWithinMs, sincePayMs(order, now)) : 0;",
    put: 'const lateMs = 0 * leavesWithinMs * Number(now.monoMs > 0 && state);',
  },
  {
    name: 'recall is ignored',
    file: 'electron/orders/evidence.ts',
    find: "return answer.recall === 'N' ? confirming(withoutBlame(back), now) : again(withoutBlame(back), now);",
    put: 'return confirming(withoutBlame(back), now);',
  },
  {
    name: 'SUCCESS with recall=N is believed without proof',
    file: 'electron/orders/evidence.ts',
    find: "return answer.recall === 'N' ? confirming(withoutBlame(back), now)",
    put: "return answer.recall === 'N' ? proved(withoutBlame(back), 'CLOSED', now)",
  },
  {
    name: 'an unpaid order passes for a cancelled one',
    file: 'electron/orders/evidence.ts',
    find: "switch (state) {\n    case 'CLOSED':",
    put: "switch (state as string) {\n    case 'NOTPAY':\n      return proved(next, 'CLOSED', now);\n    case 'CLOSED':",
  },
  {
    name: 'a pay call without an answer counts as failed',
    file: 'electron/orders/evidence.ts',
    find: 'return neverLeft && leftNothing(answer.why) && isBeforeReverse(over) ? failed(over, NEVER_SENT) : over;',
    put: 'return (neverLeft || !leftNothing(answer.why)) && isBeforeReverse(over) ? failed(over, NEVER_SENT) : over;',
  },
  {
    name: 'a code that retrying cannot mend is retried',
    file: 'electron/wechat/error-codes.ts',
    find: "SIGNERROR: stop('signature'),\n  CERT_ERROR",
    put: 'SIGNERROR: AGAIN,\n  CERT_ERROR',
  },
  {
    name: 'two reverses of an order may be out',
    file: 'electron/orders/machine.ts',
    find: 'if (order.reverse.out !== null || windowLeftMs(order, now) > 0) return false;',
    put: 'if (windowLeftMs(order, now) > 0) return false;',
  },
  {
    name: 'an answer is put down to another order',
    file: 'electron/orders/engine.ts',
    find: "else report(order.orderId, { type: 'reverse-ended', n, ...(await gateway.reverse(order)) });",
    put: "else report(journal.open().orders[0]?.order.orderId ?? order.orderId, { type: 'reverse-ended', n, ...(await gateway.reverse(order)) });",
  },
  {
    name: 'the journal is written after the call',
    file: 'electron/orders/engine.ts',
    find: 'const committed = journal.commit(stored, next, entriesOf',
    put: 'for (const effect of effects) perform(next, effect);\n      const committed = journal.commit(stored, next, entriesOf',
  },
  {
    name: 'a write that failed counts as done',
    file: 'electron/orders/engine.ts',
    find: "wakes.set(orderId, now.monoMs + JOURNAL_RETRY_MS);\n        return fail('not-saved');",
    put: "wakes.set(orderId, now.monoMs + JOURNAL_RETRY_MS);\n        return ok(stored);",
  },
  {
    name: 'the screen is told before the disk',
    file: 'electron/orders/engine.ts',
    find: 'const committed = journal.commit(stored, next, entriesOf',
    put: 'published({ order: next, version: stored.version + 1 });\n      const committed = journal.commit(stored, next, entriesOf',
  },
  {
    name: 'nothing is taken up again after a start',
    file: 'electron/orders/engine.ts',
    find: 'resume(orders.map(({ order }) => order.orderId));',
    put: '',
  },
  {
    name: 'the call of a dead process counts as out for ever',
    file: 'electron/orders/engine.ts',
    find: 'const resumes = driving && (unresumed.has(orderId) || hasOrphan(stored.order));',
    put: 'const resumes = false;',
  },
  {
    name: 'an outcome that is unknown is never asked for again',
    file: 'electron/orders/moves.ts',
    find: 'const dueMonoMs = now.monoMs + Math.max(patience, wait);',
    put: 'const dueMonoMs = now.monoMs + 1e10 + Math.max(patience, wait);',
  },
  {
    name: 'any number of reverses leaves at once',
    file: 'shared/timing.ts',
    find: 'export const REVERSES_AT_ONCE_MAX = 4;',
    put: 'export const REVERSES_AT_ONCE_MAX = 400;',
  },
  {
    name: 'the pay call leaves twice',
    file: 'electron/orders/take-payment.ts',
    find: 'const answered = await gateway.pay(request, () => {',
    put: 'void gateway.pay(request, () => undefined);\n    const answered = await gateway.pay(request, () => {',
  },
  {
    name: 'the pay call leaves though the order is not on disk',
    file: 'electron/orders/take-payment.ts',
    find: "if (!engine.register(orderToPay(ids, callTimeoutMs, clock.read()), actor).ok) {",
    put: "if (engine.register(orderToPay(ids, callTimeoutMs, clock.read()), actor).ok && (false as boolean)) {",
  },
  {
    name: 'a cashier refunds what is known to be paid',
    file: 'electron/orders/acts.ts',
    find: "return evenIfPaid ? armed(order, given.by, true, 'paid', now) : undecided(given, 'paid-needs-manager');",
    put: "return armed(order, given.by, true, 'paid', now);",
  },
  {
    name: 'who turned out to have paid is refunded unasked',
    file: 'electron/orders/evidence.ts',
    find: 'return askAgain(phase.evenIfPaid ? order : choosing(order, phase.by, now), now);',
    put: 'return askAgain(phase.evenIfPaid || Boolean(choosing) ? order : order, now);',
  },
  {
    name: 'a cashier settles',
    file: 'electron/orders/acts.ts',
    find: "if (!decides(given)) return undecided(given);\n  if (order.phase.name !== 'attention') return fail('already-settled');",
    put: "if (order.phase.name !== 'attention' && given.by) return fail('already-settled');",
  },
  {
    name: 'a hand-over to refund takes the order off the list',
    file: 'electron/orders/acts.ts',
    find: 'return ok(awaitsRefund(order) ? order : { ...order, refundHandedOverAtMs: now.wallMs, refundNotMadeAtMs: null });',
    put: 'return ok(settled(order, refundMadeReason(null)));',
  },
  {
    name: 'a refund counts as made though nobody took it up',
    file: 'electron/orders/acts.ts',
    find: "if (!awaitsRefund(order)) return fail('not-handed-over');\n  return ok(settled(",
    put: 'return ok(settled(',
  },
  {
    name: 'a cashier says that it was refunded',
    file: 'electron/orders/acts.ts',
    find: "if (!decides(given)) return undecided(given);\n  if (order.phase.name !== 'attention') return fail(standingOf(order) === 'done' ? 'already-settled' : 'still-cancelling');\n  if (!awaitsRefund(order)) return fail('not-handed-over');\n  return ok(",
    put: "if (order.phase.name !== 'attention' && given.by) return fail(standingOf(order) === 'done' ? 'already-settled' : 'still-cancelling');\n  if (!awaitsRefund(order)) return fail('not-handed-over');\n  return ok(",
  },
  {
    name: 'what was taken back leaves all the same',
    file: 'electron/orders/acts.ts',
    find: "if (phase.name === 'armed') {\n    const from",
    put: "if (phase.name === 'armed' && order.knownPaid) {\n    const from",
  },
  {
    name: 'a cancel is dropped where the order turns out to be another entry',
    file: 'electron/orders/engine.ts',
    find: 'if (isCancelling(order)) {',
    put: 'if (isCancelling(order) && false as boolean) {',
  },
  {
    name: 'a signature is not checked',
    file: 'electron/wechat/signed-calls.ts',
    find: "if (!verify(fields, apiKey, merchant.signType)) return silent('bad-signature', null);",
    put: 'if (!verify(fields, apiKey, merchant.signType)) return ok(fields);',
  },
  {
    name: 'a reply to another merchant counts',
    file: 'electron/wechat/signed-calls.ts',
    find: 'return problem === null ? ok(fields) : silent(problem.why, problem.field);',
    put: 'return problem === null ? ok(fields) : ok(fields);',
  },
  {
    name: 'a reply about another order counts',
    file: 'electron/wechat/face-pay.ts',
    find: "if (ref.outTradeNo !== null && outTradeNo !== ref.outTradeNo) return silence('wrong-merchant', 'out_trade_no');",
    put: '',
  },
  {
    name: 'a process gives up its seat with a call out',
    file: 'electron/orders/engine.ts',
    find: '      stopped = true;\n      wakes.stop();',
    put: '      seat.leave();\n      stopped = true;\n      wakes.stop();',
  },
  {
    name: 'a journal that could not be written is never tried again',
    file: 'electron/orders/engine.ts',
    find: 'retryMonoMs = trouble === null ? null : clock.read().monoMs + JOURNAL_RETRY_MS;',
    put: 'retryMonoMs = trouble === null ? null : Infinity;',
  },
  {
    name: 'what was due while the journal could not be written is dropped',
    file: 'electron/orders/wake-list.ts',
    find: 'if (monoMs < heldUntilMonoMs()) break;\n      wakes.delete(orderId);',
    put: 'wakes.delete(orderId);\n      if (monoMs < heldUntilMonoMs()) continue;',
  },
  {
    name: 'one key of a manager refunds a paid order',
    file: 'electron/orders/acts.ts',
    find: 'const decides = ({ by, code }: Given): boolean => decidesOnMoney(by) && code !== undefined;',
    put: 'const decides = ({ by }: Given): boolean => decidesOnMoney(by);',
  },
  {
    name: 'a tap of a manager also refunds what turns out paid',
    file: 'electron/orders/acts.ts',
    find: 'cancelled(order, given, decides(given), now);',
    put: 'cancelled(order, given, decidesOnMoney(given.by), now);',
  },
  {
    name: 'trying again forgets that it was handed over to refund',
    file: 'electron/orders/acts.ts',
    find: "if (awaitsRefund(order)) return fail('handed-over');\n  if (isNeverReversed(order)) return fail('never-reversed');\n  return ok({\n    ...order,\n    pastAge: 0,",
    put: 'if (isNeverReversed(order)) return fail("never-reversed");\n  return ok({\n    ...order,\n    pastAge: 0,\n    refundHandedOverAtMs: null,',
  },
  {
    name: 'what is handed over to refund is retried like anything else',
    file: 'electron/orders/acts.ts',
    find: "if (awaitsRefund(order)) return fail('handed-over');\n  if (isNeverReversed(order)) return fail('never-reversed');\n  return ok({\n    ...order,\n    pastAge: 0,",
    put: 'if (isNeverReversed(order)) return fail("never-reversed");\n  return ok({\n    ...order,\n    pastAge: 0,',
  },
  {
    name: 'PAYERROR counts as not charged',
    file: 'electron/orders/evidence.ts',
    find: "    case 'PAYERROR':\n    case 'USERPAYING':",
    put: "    case 'PAYERROR':\n      return next.phase.name === 'paying' ? failed(next, next.declined ?? state) : stillStanding(next, now);\n    case 'USERPAYING':",
  },
  {
    name: 'NOTENOUGH and a query that says NOTPAY count as not charged',
    file: 'electron/wechat/error-codes.ts',
    find: "NOTENOUGH: 'doubtful',",
    put: "NOTENOUGH: 'unpaid',",
  },
  {
    name: 'REFUND passes for the whole, whoever made the refund',
    file: 'electron/orders/evidence.ts',
    find: "return next.reverse.accepted || next.phase.name === 'confirming' ? proved",
    put: "return Boolean(next) || next.phase.name === 'confirming' ? proved",
  },
  {
    name: 'a part of the refunds passes for the whole',
    file: 'electron/orders/evidence.ts',
    find: 'if (refundedFen >= totalFen && totalFen > 0)',
    put: 'if (refundedFen > 0 && totalFen > 0)',
  },
  {
    name: 'only the first page of refunds is read',
    file: 'electron/wechat/gateway.ts',
    find: 'total = Math.min(answer.totalCount, REFUNDS_MAX);',
    put: 'total = Math.min(0, REFUNDS_MAX);',
  },
  {
    name: 'a refund that is stuck or failed counts as money back',
    file: 'electron/wechat/face-pay.ts',
    find: "new Set(['SUCCESS', 'PROCESSING']);",
    put: "new Set(['SUCCESS', 'PROCESSING', 'CHANGE', 'REFUNDCLOSE']);",
  },
  {
    name: 'a reverse leaves though there is a refund',
    file: 'electron/orders/acts.ts',
    find: "if (isNeverReversed(order)) return fail('never-reversed');",
    put: '',
  },
  {
    name: 'REVOKED is told as never charged',
    file: 'electron/orders/order.ts',
    find: "outcome === 'closed' && proof === 'REVOKED' ? 'revoked' : outcome;",
    put: "outcome === 'closed' && proof === 'REVOKED' ? 'closed' : outcome;",
  },
  {
    name: 'the amount of a query is not compared',
    file: 'electron/orders/evidence.ts',
    find: 'const differs = (fen: number | null): boolean => fen !== null && order.amountFen !== null && fen !== order.amountFen;',
    put: 'const differs = (fen: number | null): boolean => fen !== null && order.amountFen !== null && fen !== fen;',
  },
  {
    name: 'a number that another till has used is taken for our own',
    file: 'electron/wechat/error-codes.ts',
    find: "OUT_TRADE_NO_USED: 'number-taken',",
    put: "OUT_TRADE_NO_USED: 'doubtful',",
  },
  {
    name: 'an unsigned "busy" is blamed on us',
    file: 'electron/wechat/signed-calls.ts',
    find: "BUSY.test(words) ? 'busy' : 'unsigned-fail', text);",
    put: "BUSY.test(words) ? 'unsigned-fail' : 'unsigned-fail', text);",
  },
  {
    name: 'an unsigned "too often" is blamed on us',
    file: 'electron/orders/moves.ts',
    find: "why === 'unsigned-fail' || why === 'bad-signature'",
    put: "why === 'unsigned-fail' || why === 'too-often' || why === 'busy' || why === 'bad-signature'",
  },
  {
    name: 'five answers within a moment are blame enough',
    file: 'electron/orders/moves.ts',
    find: 'if (tried(next) && refusals >= REFUSALS_MAX && lasted) return',
    put: 'if (tried(next) && refusals >= REFUSALS_MAX && (lasted || !lasted)) return',
  },
  {
    name: 'a reply without sub_mch_id is refused',
    file: 'electron/wechat/face-pay.ts',
    find: "Object.keys(ours).find((field) => given(field) !== '' && given(field) !== ours[field]);",
    put: 'Object.keys(ours).find((field) => given(field) !== ours[field]);',
  },
  {
    name: 'replies of another merchant are called a wrong key',
    file: 'electron/orders/moves.ts',
    find: "    case 'certificate-refused':\n    case 'wrong-merchant':\n      return why;",
    put: "    case 'wrong-merchant':\n      return 'signature';\n    case 'certificate-refused':\n      return why;",
  },
  {
    name: 'a state that nobody knows is waited out for ever',
    file: 'electron/orders/evidence.ts',
    find: "return isAtWork && now.monoMs - since.monoMs >= UNKNOWN_STATE_MAX_MS ?",
    put: 'return isAtWork && now.monoMs - since.monoMs >= UNKNOWN_STATE_MAX_MS * 1e9 ?',
  },
];
