import {
  orderNumberSchema,
  SNAPSHOT_ATTENTION_MAX,
  waitsForCustomer,
  type Build,
  type CommandCode,
  type CommandParsed,
  type Host,
  type Notice,
  type PaySource,
  type Snapshot,
} from '../../shared/ipc.ts';
import type { Role } from '../../shared/role.ts';
import { looksLikePaymentCode } from '../../shared/order/payment-code.ts';
import { looksLikeTransactionId, typedOutTradeNoSchema, type OrderView } from '../../shared/order/order.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { FINISHED_SHOWN_FOR_MS } from '../../shared/timing.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import type { Language } from '../../shared/settings.ts';
import type { Caller } from '../orders/machine/actor.ts';
import type { OrderEvent } from '../orders/machine/event.ts';
import type { Services } from './core/services.ts';
import { acceptanceHandlers } from './acceptance/acceptance-handlers.ts';
import { appearanceHandlers, type AppearancePort } from './appearance/appearance-handlers.ts';
import { billHandlers } from './bill/bill-handlers.ts';
import type { Handlers } from './core/handler.ts';
import { stuckHandlers } from './stuck/stuck-handlers.ts';
import { createMoneyGate } from './stuck/money-gate.ts';
import { exportsHandlers, type ExportsParts } from './exports/exports-handlers.ts';
import { printerHandlers, type PrinterPort } from './exports/printer-handlers.ts';
import { historyHandlers } from './history/history-handlers.ts';
import { overviewHandlers } from './overview/overview-handlers.ts';
import { act, findOrEnter, timeline, viewFor } from './orders/orders-service.ts';
import { scannerHandlers, type ScannerPort } from './scanner/scanner-handlers.ts';
import { setupHandlers, type SetupService } from './setup/setup-handlers.ts';
import { posHandlers } from './pos/pos-handlers.ts';
import { customerDisplayHandlers, type CustomerDisplayPort } from './customer/customer-display-handlers.ts';
import { kioskHandlers, type KioskPort } from './kiosk/kiosk-handlers.ts';
import type { StaffService } from './staff/staff-service.ts';
import { returnSecondsOf, setReturn } from './kiosk/return-handlers.ts';
import { setSound } from './kiosk/sound-handlers.ts';
import { shiftHandlers } from './shifts/shift-handlers.ts';
import { staffHandlers, trainingHandlers } from './staff/staff-handlers.ts';
import { offeredCodes } from '../practice/offered-codes.ts';
import { selfTestHandlers, type SelfTestService } from './self-test/self-test-handlers.ts';
import { updatesHandlers, type AppUpdateController } from './updates/updates-handlers.ts';

export interface HandlerParts {
  readonly app: AppIdentity;
  readonly notices: () => readonly Notice[];
  /** Only where terminals are set up. */
  readonly setup?: SetupService;
  /** Only where there is a window to leave. */
  readonly kiosk?: KioskPort;
  readonly customerDisplay?: CustomerDisplayPort;
  /** Only where there is a system with printers. */
  readonly printer?: PrinterPort;
  readonly appearance?: AppearancePort;
  /** Only where there is a screen to try a scanner at. */
  readonly scanner?: ScannerPort;
  readonly exports: ExportsParts;
  readonly staff: StaffService;
  readonly selfTest: SelfTestService;
  /** Only where there is an app to be replaced. */
  readonly updates?: AppUpdateController;
}

/** What runs, and in what. */
export interface AppIdentity {
  readonly version: string;
  readonly build: Build;
  readonly host: Host;
  /** Whether a packed app is signed for this system; absent if the app runs from its sources. */
  readonly signed?: boolean;
}

/** One line per command: take the input apart, call a plain function. */
export function createHandlers({
  app,
  notices,
  staff,
  exports,
  selfTest,
  setup,
  updates,
  kiosk,
  customerDisplay,
  printer,
  appearance,
  scanner,
}: HandlerParts): Handlers {
  return {
    'app.snapshot': (services, { also }, caller) => ok(snapshot(services, caller.role, also, app, notices())),
    'sound.set': (services, { sound }, caller) => setSound(services, sound, caller),
    'till.set-return': (services, { seconds }, caller) => setReturn(services, seconds, caller),
    'app.set-language': (services, { language }, caller) => spoken(services, language, caller),
    'payment.take': ({ till }, { amountFen, by }, caller) =>
      isServed(staff, caller) ? till.take(amountFen, caller, by) : fail('nobody-on-shift'),
    'payment.show-code': ({ till }, { paymentCode }) => till.showCode(paymentCode),
    'payment.stop': ({ till }) => till.stop(),
    'payment.clear': ({ till }) => till.clear(),
    'order.find': (services, asked, caller) => found(services, asked, caller),
    'order.cancel': acting((by) => ({ type: 'cancel-tapped', by })),
    'order.withdraw': acting(() => ({ type: 'cancel-withdrawn' })),
    'order.keep': acting(() => ({ type: 'keep-chosen' })),
    'order.refund': acting((by) => ({ type: 'refund-chosen', by })),
    'order.ask': acting(() => ({ type: 'asked-by-hand' })),
    'order.try-now': acting((by) => ({ type: 'tried-by-hand', by })),
    'order.timeline': (services, { orderId }) => timeline(services, orderId),
    'practice.set-scenario': (services, { scenario }, caller) => played(services, scenario, caller),
    'practice.set-source': (services, { source }, caller) => practisedBy(services, source, caller),
    'practice.codes': ({ practice }) => (practice === null ? fail('not-practice') : ok(offeredCodes())),
    ...stuckHandlers(createMoneyGate()),
    ...setupHandlers(setup ?? null),
    ...exportsHandlers(exports),
    ...billHandlers(exports),
    ...overviewHandlers(),
    ...posHandlers,
    ...staffHandlers(staff),
    ...shiftHandlers(staff, exports),
    ...trainingHandlers(staff),
    ...historyHandlers,
    ...selfTestHandlers(selfTest),
    ...acceptanceHandlers,
    ...updatesHandlers(updates ?? null),
    ...customerDisplayHandlers(customerDisplay ?? null),
    ...printerHandlers(printer ?? null),
    ...appearanceHandlers(appearance ?? null),
    ...scannerHandlers(scanner ?? null),
    ...kioskHandlers(kiosk ?? null),
  };
}

/** After one cashier has handed over, the next must take over before money is taken. What is under way goes on. */
const isServed = (staff: StaffService, caller: Caller): boolean =>
  caller.role !== 'cashier' || staff.roster.now().on !== null;

type OrderAct = (
  services: Services,
  input: { orderId: string },
  caller: Caller,
) => Result<OrderView, CommandCode<'order.cancel'>>;

const acting =
  (event: (role: Role) => OrderEvent): OrderAct =>
  (services, { orderId }, caller) =>
    act(services, orderId, event(caller.role), caller);

function spoken(
  { store, audit }: Services,
  language: Language,
  caller: Caller,
): Result<null, CommandCode<'app.set-language'>> {
  const settings = store.settings();
  const saved = settings.ok ? store.setTerminal({ ...settings.value.terminal, language }) : settings;
  audit.note(caller, 'language-changed', saved.ok ? 'ok' : 'not-saved', language);
  return saved.ok ? ok(null) : fail('not-saved');
}

function found(
  services: Services,
  { number: text, kind }: CommandParsed<'order.find'>,
  caller: Caller,
): Result<OrderView, CommandCode<'order.find'>> {
  const read = typedOutTradeNoSchema.safeParse(text);
  if (!read.success) return fail(numberProblem(read.error.issues[0]?.message));
  const number = read.data;
  // What this terminal knows needs no question; what it does not know is about to be written down under that number.
  if (kind === undefined && services.journal.find(number) === null) {
    if (looksLikePaymentCode(number)) return fail('payment-code');
    if (looksLikeTransactionId(number)) return fail('which-number');
  }
  const numbers = kind === 'order-number' ? { outTradeNo: number } : orderNumberSchema.parse(number);
  const stored = findOrEnter(services, numbers, null, caller);
  return stored.ok ? ok(viewFor(services, stored.value, caller.role)) : stored;
}

async function played(
  { practice, audit }: Services,
  scenario: Scenario,
  caller: Caller,
): Promise<Result<null, CommandCode<'practice.set-scenario'>>> {
  audit.note(caller, 'scenario-chosen', practice === null ? 'not-practice' : 'ok', scenario);
  if (practice === null) return fail('not-practice');
  await practice.setScenario(scenario);
  return ok(null);
}

/** Until the app ends, as the scenario. */
function practisedBy(
  { practice, paySource, till, audit }: Services,
  source: PaySource,
  caller: Caller,
): Result<null, CommandCode<'practice.set-source'>> {
  const refusal = practice === null ? 'not-practice' : waitsForCustomer(till.stage()) ? 'busy' : null;
  audit.note(caller, 'scenario-chosen', refusal ?? 'ok', source);
  if (refusal !== null) return fail(refusal);
  paySource.choose(source);
  return ok(null);
}

type NumberProblem = 'missing' | 'too-long' | 'bad-characters';

const numberProblem = (code: string | undefined): NumberProblem =>
  code === 'missing' || code === 'too-long' ? code : 'bad-characters';

/** As many as the tray shows of finished orders, and among how many of the newest they are looked for. */
const ENDED_MAX = 2;
const NEWEST_LOOKED_AT = 20;

/**
 * Cancels that may have ended while no page was there to be told: after a power cut an armed one leaves as soon as main is
 * up, and is proved before the screen is. Whoever tapped it looks for it in the tray. The newest last, as if they had been
 * told one after the other.
 */
const cancelsJustEnded = (services: Services, role: Role): readonly OrderView[] =>
  services.journal
    .list({ standing: 'done', limit: NEWEST_LOOKED_AT })
    .map((stored) => viewFor(services, stored, role))
    .filter(({ phase, ageMs }) => phase.name === 'cancelled' && ageMs < FINISHED_SHOWN_FOR_MS)
    .slice(0, ENDED_MAX)
    .toReversed();

function snapshot(
  services: Services,
  role: Role,
  also: readonly string[],
  app: AppIdentity,
  notices: readonly Notice[],
): Snapshot {
  const { environment, journal, till, paySource, practice, store, terminal } = services;
  const stage = till.stage();
  const waiting = [...journal.open().orders, ...journal.list({ standing: 'attention', limit: SNAPSHOT_ATTENTION_MAX })];
  const listed = new Set(waiting.map(({ order }) => order.orderId));
  const asked = new Set([...also, ...(stage.name === 'order' ? [stage.orderId] : [])]);
  const rest = [...asked].filter((id) => !listed.has(id)).map((id) => journal.load(id));
  const orders = [...waiting, ...rest.filter((stored) => stored !== null)].map((stored) =>
    viewFor(services, stored, role),
  );
  const settings = store.settings();
  return {
    environment,
    storeName: terminal.storeName,
    deviceId: terminal.deviceId,
    language: settings.ok ? settings.value.terminal.language : terminal.language,
    sound: settings.ok ? settings.value.terminal.sound : terminal.sound,
    returnSeconds: returnSecondsOf(settings.ok ? settings.value.terminal : terminal),
    ...app,
    role,
    scenario: practice?.scenario ?? null,
    paySource: paySource.now(),
    stage,
    orders: [
      ...orders,
      ...cancelsJustEnded(services, role).filter(({ orderId }) => orders.every((one) => one.orderId !== orderId)),
    ],
    notices: [...notices],
  };
}
