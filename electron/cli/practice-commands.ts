/** The terminal's practice commands: a gateway of its own to practise with, and a demonstration from start to end. */
import { tmpdir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { formatYuan } from '../../shared/money.ts';
import { profileIn } from '../app/settings/profile.ts';
import { act } from '../app/orders/orders-service.ts';
import { settingsStore } from '../app/settings/settings-store.ts';
import { silentLog } from '../base/log.ts';
import type { Clock } from '../base/clock.ts';
import { runConsole } from '../practice/practice-console.ts';
import { startPracticeGateway } from '../practice/gateway-server.ts';
import { newPracticeMerchant, removeMerchantFile, writeMerchantFile } from '../practice/practice-merchant.ts';
import type { Services } from '../app/core/services.ts';
import { openServices } from '../app/open-services.ts';
import type { Command } from './arguments.ts';
import { EXIT, exitCodeFor, type ExitCode, type Output } from './output.ts';
import { removedAtEnd, throwawayFolder } from './throwaway-folder.ts';
import {
  atTerminal,
  changes,
  type Changes,
  currentTimeline,
  currentView,
  followTimeline,
  waitUntil,
} from './session.ts';

/** Runs a practice gateway until `quit`, or until the process is asked to end. Its orders are then lost. */
export async function practice(
  { port, scenario, folder }: Extract<Command, { name: 'practice' }>,
  clock: Clock,
  output: Output,
  streams: { readonly input: Readable; readonly control: Writable; readonly untilToldToEnd: Promise<void> },
): Promise<ExitCode> {
  const ports = { primary: port, backup: port === 0 ? 0 : port + 1 };
  const merchant = newPracticeMerchant();
  const gateway = await startPracticeGateway({ clock, merchant, scenario, ports }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null;
    throw error;
  });
  if (gateway === null) {
    output.problems([{ field: '--port', code: 'port-taken' }]);
    return EXIT.badInput;
  }
  const kept =
    folder === null
      ? throwawayFolder('facepay-practice-', tmpdir(), clock.read().wallMs)
      : removedAtEnd(folder, () => {
          removeMerchantFile(folder);
        });
  const { path } = await writeMerchantFile(gateway, kept.folder);
  output.say(
    [
      `Practice gateway: ${gateway.primary} (main domain), ${gateway.backup} (backup domain)`,
      `CA and merchant file: ${path}`,
      `Set a terminal up with it: npm run --silent facepay -- init --from ${path}`,
      'Commands: scenario NAME, ledger, order NUMBER, seed JSON, requests, quit',
    ].join('\n'),
    { type: 'practice', primary: gateway.primary, backup: gateway.backup, merchantFile: path, scenario },
  );
  const console = runConsole(gateway, streams.input, streams.control).then(() =>
    // If it was started without a keyboard (a script, a service), the input ends at once. Then only a signal ends it.
    streams.input.readableEnded ? streams.untilToldToEnd : undefined,
  );
  await Promise.race([console, streams.untilToldToEnd]);
  streams.input.destroy();
  await gateway.close();
  kept.remove();
  return EXIT.cancelled;
}

const DEMO_AMOUNT_FEN = 1_234;
const DEMO_WAIT_MS = 90_000;

/**
 * A demonstration: a payment that hangs is cancelled. Real gateway protocol, real 15 s, play money, a folder that is
 * deleted afterwards.
 */
export async function demo(clock: Clock, output: Output, untilToldToEnd: Promise<void>): Promise<ExitCode> {
  const kept = throwawayFolder('facepay-demo-', tmpdir(), clock.read().wallMs);
  const { folder } = kept;
  const profile = profileIn(folder);
  const changed = changes();
  let isToldToEnd = false;
  void untilToldToEnd.then(() => {
    isToldToEnd = true;
    changed.announce();
  });
  const opened = await openServices({
    profile,
    store: settingsStore(profile, ''),
    clock,
    log: silentLog,
    scenario: 'recall-twice',
    onChange: () => {
      changed.announce();
    },
    onStage: () => {
      changed.announce();
    },
    onNotice: () => undefined,
  });
  if (!opened.ok) {
    kept.remove();
    output.problems([{ field: folder, code: opened.error.code }]);
    return EXIT.badInput;
  }
  const services = opened.value;
  try {
    return await showACancel(services, { changed, clock, output, isToldToEnd: () => isToldToEnd });
  } finally {
    await services.close(0);
    kept.remove();
  }
}

interface Stage {
  readonly changed: Changes;
  readonly clock: Clock;
  readonly output: Output;
  readonly isToldToEnd: () => boolean;
}

/** Takes the payment, cancels it, and follows it until it is proved, or until the command is to end. */
async function showACancel(services: Services, { changed, clock, output, isToldToEnd }: Stage): Promise<ExitCode> {
  const { engine, till, practice: gateway } = services;
  engine.start();
  output.say(`1. The cashier takes ¥${formatYuan(DEMO_AMOUNT_FEN)}; the customer looks at the camera.`, {
    type: 'demo',
    step: 1,
  });
  till.take(DEMO_AMOUNT_FEN, { who: atTerminal().who, role: 'cashier' });
  const orderId = (): string | null => {
    const stage = till.stage();
    return stage.name === 'order' ? stage.orderId : null;
  };
  await waitUntil(
    () => isToldToEnd() || orderId() !== null || till.stage().name === 'stopped',
    changed,
    clock,
    DEMO_WAIT_MS,
  );
  if (isToldToEnd()) return EXIT.unresolved;
  const id = orderId();
  if (id === null) throw new Error(`the demonstration stopped at ${JSON.stringify(till.stage())}`);
  output.say('2. The pay call hangs. The cashier taps "cancel order" once and serves the next customer.', {
    type: 'demo',
    step: 2,
  });
  const applied = act(
    services,
    id,
    { type: 'cancel-tapped', by: 'cashier' },
    { who: atTerminal().who, role: 'cashier' },
  );
  if (!applied.ok) throw new Error(`the cancel was refused: ${applied.error}`);
  output.say(
    '3. It leaves by itself 15 s after the pay call. The gateway answers recall=Y twice, then N; a query proves it.',
    { type: 'demo', step: 3 },
  );
  const stopFollowing = followTimeline(services, id, changed, output);
  await waitUntil(() => isToldToEnd() || currentView(services, id).standing !== 'open', changed, clock, DEMO_WAIT_MS);
  stopFollowing();
  if (isToldToEnd()) return EXIT.unresolved;
  const money = gateway?.ledger.verdict(id) ?? null;
  output.say(`4. The gateway's book: ${JSON.stringify(money)}`, { type: 'demo', step: 4, money });
  const view = currentView(services, id);
  output.result(view, currentTimeline(services, id));
  return exitCodeFor(view);
}
