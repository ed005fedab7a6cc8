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
    find: "const leavesLaterMs = state === 'leaving' ? leavesWithinMs : 0;",
    put: "const leavesLaterMs = state === 'leaving' ? 0 * leavesWithinMs : 0;",
  },
  {
    name: 'recall is ignored',
    file: 'electron/orders/evidence.ts',
    find: "return answer.recall === 'N' ? confirming(withoutRefusals(back), now) : again(withoutRefusals(back), now);",
    put: 'return confirming(withoutRefusals(back), now);',
  },
  {
    name: 'SUCCESS with recall=N is believed without proof',
    file: 'electron/orders/evidence.ts',
    find: "return answer.recall === 'N' ? confirming(withoutRefusals(back), now)",
    put: "return answer.recall === 'N' ? proved(withoutRefusals(back), 'CLOSED', now)",
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
    find: "'journal not written');\n        return fail('not-saved');",
    put: "'journal not written');\n        return ok(stored);",
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
    find: 'const dueMonoMs = now.monoMs + (typing',
    put: 'const dueMonoMs = now.monoMs + 1e10 + (typing',
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
    find: 'const answered = await gateway.pay(request, left, leaveByMonoMs);',
    put: 'void gateway.pay(request, () => undefined, leaveByMonoMs);\n    const answered = await gateway.pay(request, left, leaveByMonoMs);',
  },
  {
    name: 'the pay call leaves though the order is not on disk',
    file: 'electron/orders/take-payment.ts',
    find: 'if (!engine.register(orderToPay(ids, callTimeoutMs, now), actor).ok) {',
    put: 'if (engine.register(orderToPay(ids, callTimeoutMs, now), actor).ok && (false as boolean)) {',
  },
  {
    name: 'a cashier refunds what is known to be paid',
    file: 'electron/orders/acts.ts',
    find: "return decidesOnMoney(by) ? armed(order, by, 'paid', now) : fail('paid-needs-manager');",
    put: "return armed(order, by, 'paid', now);",
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
    find: "if (!decidesOnMoney(by)) return fail('manager-only');\n  if (order.phase.name !== 'attention') return fail('already-settled');",
    put: "if (order.phase.name !== 'attention' && by) return fail('already-settled');",
  },
  {
    name: 'a hand-over to refund takes the order off the list',
    file: 'electron/orders/acts.ts',
    find: 'return ok({ ...order, refundHandedOverAtMs: order.refundHandedOverAtMs ?? now.wallMs });',
    put: 'return ok(settled(order, refundMadeReason(null)));',
  },
  {
    name: 'a refund counts as made though nobody took it up',
    file: 'electron/orders/acts.ts',
    find: "if (order.refundHandedOverAtMs === null) return fail('not-handed-over');",
    put: '',
  },
  {
    name: 'a cashier says that it was refunded',
    file: 'electron/orders/acts.ts',
    find: "if (!decidesOnMoney(by)) return fail('manager-only');\n  if (order.phase.name !== 'attention') return fail(standingOf",
    put: "if (order.phase.name !== 'attention' && by) return fail(standingOf",
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
    find: "return isForMerchant(fields, merchant) ? ok(fields) : silent('wrong-merchant', null);",
    put: 'return isForMerchant(fields, merchant) ? ok(fields) : ok(fields);',
  },
  {
    name: 'a reply about another order counts',
    file: 'electron/wechat/face-pay.ts',
    find: "if (ref.outTradeNo !== null && outTradeNo !== ref.outTradeNo) return silence('wrong-merchant', 'out_trade_no');",
    put: '',
  },
  {
    name: 'a living order of this process is taken for one that its maker left behind',
    file: 'electron/orders/machine.ts',
    find: 'const interrupted: Order = {\n    ...order,',
    put: "const interrupted: Order = {\n    ...order,\n    payCall: { ...order.payCall, at: order.payCall.state === 'leaving' ? now : order.payCall.at, state: 'over' },",
  },
  {
    name: 'a pay call of another process that has not left yet counts from now',
    file: 'electron/orders/order-time.ts',
    find: 'payCall: { ...payCall, at: rebased(payCall.at, now) },',
    put: "payCall: payCall.state === 'leaving' ? { ...payCall, at: now, state: 'left' } : { ...payCall, at: rebased(payCall.at, now) },",
  },
  {
    name: 'a pay call leaves after its deadline, once its process is awake again',
    file: 'electron/orders/take-payment.ts',
    find: 'await pay(outTradeNo, amountFen, code.value, now.monoMs + callTimeoutMs);',
    put: 'await pay(outTradeNo, amountFen, code.value, Infinity);',
  },
  {
    name: 'what the till software says of the pay time is trusted though the clock was set meanwhile',
    file: 'electron/app/orders-desk.ts',
    find: 'clock.read(), clock.wallSpan(REVERSE_WINDOW_MS)), actor);',
    put: 'clock.read(), steadyAt(clock.read().wallMs)), actor);',
  },
  {
    name: 'whoever came first goes first, however often he has been tried',
    file: 'electron/orders/reverse-slots.ts',
    find: '&& (first === null || entry[1] < first[1])) first = entry;',
    put: '&& first === null) first = entry;',
  },
  {
    name: 'a reverse counts as out before it has a slot',
    file: 'electron/orders/machine.ts',
    find: "effects.push({ kind: 'send-reverse', n: order.reverse.count });",
    put: "effects.push({ kind: 'send-reverse', n: order.reverse.count });\n  } else if (reverseMayLeave(order, now)) {\n    order = { ...order, phase: { name: 'reversing', dueMonoMs: now.monoMs } };",
  },
  {
    name: 'the wall clock outranks how long the machine has been up',
    file: 'electron/orders/order-time.ts',
    find: 'if (upMs !== null) return upMs + saidAgeMs(order);',
    put: '',
  },
  {
    name: 'a process gives up its seat with a call out',
    file: 'electron/orders/engine.ts',
    find: '      stopped = true;\n      wakes.stop();',
    put: '      seat.leave();\n      stopped = true;\n      wakes.stop();',
  },
];
