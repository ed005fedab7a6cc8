import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createCustomerPresenter,
  customerSees,
  type CustomerPresenter,
} from '../../../electron/app/customer/customer-presenter.ts';
import { customerShownSchema, customerViewSchema, type CustomerShown } from '../../../shared/contract/customer.ts';
import { paymentStageSchema, type PaymentStage } from '../../../shared/ipc.ts';
import {
  causeSchema,
  phaseViewSchema,
  recallSchema,
  tradeStateSchema,
  type PhaseView,
} from '../../../shared/order/order.ts';
import { CUSTOMER_RESULT_MS } from '../../../shared/timing.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A text that could only have come from the order. */
const leak = fc.string({ minLength: 4, maxLength: 20 }).map((text) => `LEAK-${text}`);
const ms = fc.nat();

const phases: { readonly [Name in PhaseView['name']]: fc.Arbitrary<Extract<PhaseView, { name: Name }>> } = {
  paying: fc.record({
    name: fc.constant('paying'),
    windowEndsInMs: ms,
    declined: fc.option(leak),
    cancelFirst: fc.boolean(),
  }),
  paid: fc.record({ name: fc.constant('paid') }),
  failed: fc.record({ name: fc.constant('failed'), cause: leak }),
  'not-found': fc.record({ name: fc.constant('not-found') }),
  armed: fc.record({ name: fc.constant('armed'), firesInMs: ms, lastLook: fc.boolean() }),
  choosing: fc.record({ name: fc.constant('choosing') }),
  reversing: fc.record({
    name: fc.constant('reversing'),
    activity: fc.constantFrom('calling', 'asking', 'waiting'),
    attempt: fc.nat(),
    nextInMs: fc.option(ms),
    recall: fc.option(fc.constantFrom(...recallSchema.options)),
    lastResult: fc.option(leak),
    escalated: fc.boolean(),
  }),
  confirming: fc.record({ name: fc.constant('confirming'), attempt: fc.nat(), nextInMs: fc.option(ms) }),
  cancelled: fc.record({
    name: fc.constant('cancelled'),
    outcome: fc.constantFrom('closed', 'refunded'),
    proof: fc.constantFrom(...tradeStateSchema.options),
  }),
  attention: fc.record({
    name: fc.constant('attention'),
    cause: fc.constantFrom(...causeSchema.options),
    errCode: fc.option(leak),
    handedOver: fc.boolean(),
  }),
  settled: fc.record({ name: fc.constant('settled'), reason: leak }),
};

const amountFen = fc.integer({ min: 1, max: 5_000_000 });
const stages: { readonly [Name in PaymentStage['name']]: fc.Arbitrary<Extract<PaymentStage, { name: Name }>> } = {
  none: fc.record({ name: fc.constant('none') }),
  preparing: fc.record({ name: fc.constant('preparing'), amountFen }),
  look: fc.record({ name: fc.constant('look'), amountFen }),
  code: fc.record({ name: fc.constant('code'), amountFen }),
  order: fc.record({ name: fc.constant('order'), amountFen, orderId: leak }),
  stopped: fc.record({
    name: fc.constant('stopped'),
    amountFen,
    code: fc.constantFrom(
      'by-cashier',
      'by-customer',
      'no-face',
      'no-code',
      'wants-scan',
      'not-permitted',
      'device',
      'no-permit',
      'not-saved',
    ),
  }),
};

const anyPhase = fc.oneof(...Object.values<fc.Arbitrary<PhaseView>>(phases));
const anyStage = fc.oneof(...Object.values<fc.Arbitrary<PaymentStage>>(stages));
const names = customerViewSchema.options.flatMap((option) => [...option.shape.name.values]);

const stage = { name: 'order', amountFen: 1_234, orderId: 'one' } as const;
const reversing = {
  name: 'reversing',
  activity: 'waiting',
  attempt: 3,
  nextInMs: 1_000,
  recall: 'Y',
  lastResult: 'SYSTEMERROR',
} as const;

describe('what the customer sees', () => {
  test('is a name of the closed list and an amount, whatever stage and phase hold', () => {
    fc.assert(
      fc.property(anyStage, fc.option(anyPhase), (shownStage, phase) => {
        paymentStageSchema.parse(shownStage.name === 'order' ? { ...shownStage, orderId: 'x' } : shownStage);
        if (phase !== null) phaseViewSchema.parse(phase);
        const view = customerSees(shownStage, phase);
        expect(customerViewSchema.parse(view)).toEqual(view);
        expect(names).toContain(view.name);
        expect(Object.keys(view).filter((key) => key !== 'name' && key !== 'amountFen')).toEqual([]);
        expect(JSON.stringify(view)).not.toContain('LEAK');
        if ('amountFen' in view) expect(view.amountFen).toBe('amountFen' in shownStage ? shownStage.amountFen : null);
      }),
      { numRuns: 500 },
    );
  });

  test('says "paid", "not charged" and "on its way back" of what is proved, and of nothing else', () => {
    const proofs: Readonly<Record<string, (phase: PhaseView | null) => boolean>> = {
      paid: (phase) => phase?.name === 'paid',
      'not-charged': (phase) => phase?.name === 'failed' || (phase?.name === 'cancelled' && phase.outcome === 'closed'),
      'going-back': (phase) => phase?.name === 'cancelled' && phase.outcome === 'refunded',
    };
    fc.assert(
      fc.property(fc.option(anyPhase), (phase) => {
        const { name } = customerSees(stage, phase);
        for (const [said, proved] of Object.entries(proofs)) expect(name === said).toBe(proved(phase));
      }),
      { numRuns: 500 },
    );
  });

  test.each<[PaymentStage, PhaseView | null, string]>([
    [{ name: 'none' }, null, 'welcome'],
    [{ name: 'preparing', amountFen: 1 }, null, 'wait'],
    [{ name: 'look', amountFen: 1 }, null, 'look'],
    [{ name: 'code', amountFen: 1 }, null, 'code'],
    [{ name: 'stopped', amountFen: 1, code: 'no-permit' }, null, 'not-charged'],
    [stage, null, 'wait'],
    [stage, { ...reversing, escalated: false }, 'wait'],
    [stage, { ...reversing, escalated: true }, 'ask-staff'],
    [stage, { name: 'choosing' }, 'ask-staff'],
    [stage, { name: 'attention', cause: 'expired', errCode: 'REVERSE_EXPIRE', handedOver: false }, 'ask-staff'],
  ])('of %j with %j is %s', (shownStage, phase, name) => {
    expect(customerSees(shownStage, phase).name).toBe(name);
  });
});

describe('what the customer is shown', () => {
  let clock: FakeClock;
  let sent: CustomerShown[];
  let presenter: CustomerPresenter;
  beforeEach(() => {
    clock = new FakeClock();
    sent = [];
    presenter = createCustomerPresenter(clock, (shown) => sent.push(customerShownSchema.parse(shown)));
    presenter.opened(false);
  });
  const seen = (): string[] => sent.map(({ view }) => view.name);
  const order = (phase: PhaseView, orderId = 'one'): void => {
    presenter.tookOrder({ orderId, phase });
  };
  const paid = { name: 'paid' } as const;
  const cancelled = { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' } as const;

  test('tells each change once, and no order but the one on the till', () => {
    presenter.tookStage({ name: 'look', amountFen: 1_234 });
    presenter.tookStage(stage);
    order({ name: 'attention', cause: 'expired', errCode: null, handedOver: false }, 'of the tray');
    order({ name: 'paying', windowEndsInMs: 9_000, declined: null, cancelFirst: false });
    order({ name: 'paying', windowEndsInMs: 4_000, declined: null, cancelFirst: false });
    order(paid);
    expect(seen()).toEqual(['welcome', 'look', 'wait', 'paid']);
  });

  test('keeps a result for its time although the cashier has gone on, then welcomes', async () => {
    presenter.tookStage(stage);
    order(paid);
    presenter.tookStage({ name: 'none' });
    await clock.advance(CUSTOMER_RESULT_MS - 1);
    expect(seen().at(-1)).toBe('paid');
    await clock.advance(1);
    expect(seen().at(-1)).toBe('welcome');
  });

  test('lets the next customer in at once, and no timer of the last one disturbs them', async () => {
    presenter.tookStage(stage);
    order(paid);
    await clock.advance(CUSTOMER_RESULT_MS - 1);
    presenter.tookStage({ name: 'look', amountFen: 500 });
    await clock.advance(CUSTOMER_RESULT_MS);
    expect(seen().at(-1)).toBe('look');
    expect(clock.pending).toBe(0);
  });

  test('follows what becomes of a result while its customer is there, and no longer', async () => {
    presenter.tookStage(stage);
    order(paid);
    order({ ...reversing, escalated: false });
    await clock.advance(CUSTOMER_RESULT_MS);
    order(cancelled);
    expect(seen().slice(-3)).toEqual(['paid', 'wait', 'going-back']);
    await clock.advance(CUSTOMER_RESULT_MS);
    order({ name: 'attention', cause: 'contradiction', errCode: null, handedOver: false });
    expect(seen().at(-1)).toBe('welcome');
  });

  test('shows nothing more of an order that went to the tray unresolved', () => {
    presenter.tookStage(stage);
    presenter.tookStage({ name: 'none' });
    order(cancelled);
    expect(seen()).toEqual(['welcome', 'wait', 'welcome']);
  });

  test('goes dark while the terminal is opened again, and shows whether it is in practice mode', () => {
    presenter.tookStage(stage);
    presenter.closed();
    order(paid);
    presenter.opened(true);
    expect(sent.slice(-2)).toEqual([
      { practice: false, view: { name: 'off' } },
      { practice: true, view: { name: 'welcome' } },
    ]);
    expect(presenter.now()).toEqual(sent.at(-1));
  });
});
