/**
 * One life of a terminal, from one source of choices: customers, faults, then a quiet end in which everything must come
 * to rest. A life of days takes milliseconds; nothing in it is real except the product's own code.
 */
import { Checks, type Violation } from './world/checks.ts';
import type { Choices } from './world/choices.ts';
import { drawSwarm, type Fault, type Hits, type TimedFault } from './world/faults.ts';
import { SimLedger } from './world/ledger.ts';
import { MachineRoom } from './world/machine-room.ts';
import { MemoryDisk } from './world/memory-journal.ts';
import { CONNECT_TIMEOUT_MS, Network } from './world/network.ts';
import { People } from './world/people.ts';
import { CODE_MARK, FACE_CODE, heldMs, Killed, OPENID, SimProcess, type TerminalRoom } from './world/sim-process.ts';
import { oldCancels } from './old-cancels.ts';
import { API_KEY } from './world/wire.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * After the faults stop, a cancel may still wait the longest time there is (an hour), get "again" once as the answer to
 * a running call, and wait for a choice that nobody makes (10 min).
 */
const QUIET_MS = 2 * HOUR + 15 * MINUTE;
const OVERLOADS = {
  'gateway-busy': 'unsigned-busy',
  'gateway-limits': 'unsigned-too-often',
  'answers-of-another': 'other-merchant',
} as const;

/** More events than any life has: a life that exceeds it loops endlessly. */
const STEPS_MAX = 200_000;

export interface LifeOptions {
  /** Real bytes through the real signed call. Without them the life takes the same course. */
  readonly wire?: boolean;
  readonly trace?: (line: string) => void;
}

export interface Life {
  readonly violation: Violation | null;
  readonly hits: Hits;
  readonly virtualMs: number;
  readonly reverses: number;
  /** How the orders ended, by phase. */
  readonly ends: readonly string[];
}

export async function live(choices: Choices, { wire = false, trace }: LifeOptions = {}): Promise<Life> {
  const hits: Hits = new Map();
  const hit = (fault: Fault): void => {
    hits.set(fault, (hits.get(fault) ?? 0) + 1);
    if (trace !== undefined) say(`fault: ${fault}`);
  };
  const say = (line: string): void => trace?.(`${(room.nowMs / SECOND).toFixed(3).padStart(10)} ${line}`);
  const swarm = drawSwarm(choices);
  const room = new MachineRoom();
  const ledger = new SimLedger(choices, swarm, hit);
  const network = new Network(room, choices, swarm, ledger, hit);
  const disk = new MemoryDisk();
  const checks = new Checks(room, disk, ledger, hits, swarm);
  let screen: SimProcess | null = null;
  const terminal: TerminalRoom = {
    room,
    disk,
    network,
    checks,
    choices,
    swarm,
    wire,
    hit,
    diskTrouble: null,
    wild: true,
    lock: null,
    processes: new Set(),
    runs: 0,
    shown: (process, stored) => {
      if (process === screen) crew.sees(stored);
    },
    gone: (process) => {
      // A person or a watchdog starts it again.
      if (process === screen) room.inAwake(choices.between(0, 15) * SECOND, startScreen);
    },
    payBegins: () => {
      // A command may release the leader lock at any moment; this moment is tried most often.
      const holder = terminal.lock;
      if (holder === null || holder === screen || !swarm.timed.includes('command-drives') || !choices.chance(0.6))
        return;
      room.inAwake(choices.between(0, CONNECT_TIMEOUT_MS), () => holder.stop(2 * SECOND));
    },
    trace: trace === undefined ? null : say,
  };
  const crew = new People(
    terminal,
    ledger,
    () => (screen?.running === true ? screen : null),
    swarm.timed.includes('double-tap'),
    () => hit('double-tap'),
  );

  let isOff = false;
  /** True time until which the end of all faults may not cut short what is happening. */
  let lastsUntilMs = 0;
  const startScreen = (): void => {
    if (isOff || screen?.alive === true) return;
    screen = new SimProcess(terminal);
    screen.start();
  };

  const startSecond = (): void => {
    if (isOff) return;
    const second = new SimProcess(terminal);
    room.inAwake(choices.pick([choices.between(SECOND, 60 * SECOND), choices.between(SECOND, 3 * MINUTE)]), () => {
      if (choices.chance(0.5)) second.kill();
      else if (second.alive) second.stop(2 * SECOND);
    });
    second.start();
  };

  const occur = (fault: Exclude<TimedFault, 'double-tap'>, leftMs: number): void => {
    hit(fault);
    const forMs = (ms: number, on: () => void, off: () => void): void => {
      on();
      room.in(ms, off);
    };
    const forAWhile = (maxMs: number, on: () => void, off: () => void): void =>
      forMs(choices.between(1, Math.min(maxMs, Math.max(1, leftMs))), on, off);
    switch (fault) {
      case 'killed':
        return screen?.kill();
      case 'restarted':
        // Nothing begins or ends by itself on a machine that sleeps: its clock stands still until it wakes.
        room.inAwake(0, () => {
          // Often somebody runs the terminal command meanwhile.
          if (choices.chance(0.4)) startSecond();
          if (screen?.alive === true) screen.stop(choices.between(0, 3 * SECOND));
        });
        return;
      case 'second-process':
        room.inAwake(0, startSecond);
        return;
      case 'command-drives':
        // The app ends, somebody runs a command, and the app that starts again finds the leader lock taken.
        room.inAwake(0, () => {
          screen?.kill();
          startSecond();
        });
        return;
      case 'stands-still': {
        const held = choices.pick([screen, [...terminal.processes].at(-1) ?? null]);
        held?.standStill(heldMs(choices));
        return;
      }
      case 'journal-locked': {
        const ms = choices.pick([
          choices.between(SECOND, 20 * SECOND),
          choices.between(20 * SECOND, 2 * MINUTE),
          choices.between(2 * MINUTE, 10 * MINUTE),
        ]);
        lastsUntilMs = Math.max(lastsUntilMs, room.nowMs + ms);
        forMs(
          ms,
          () => (terminal.diskTrouble = 'busy'),
          () => (terminal.diskTrouble = null),
        );
        return;
      }
      case 'rebooted':
      case 'rebooted-without-date': {
        if (isOff) return;
        isOff = true;
        for (const process of [...terminal.processes]) process.kill();
        const downMs = choices.between(2 * SECOND, 60 * SECOND);
        room.in(downMs, () => {
          if (!isOff) return;
          isOff = false;
          room.reboot(choices.between(2 * SECOND, Math.min(downMs, 20 * SECOND)));
          if (fault === 'rebooted-without-date')
            forAWhile(
              2 * MINUTE,
              () => room.setWall(-9_000 * DAY),
              () => room.setWall(9_000 * DAY),
            );
          startScreen();
        });
        return;
      }
      case 'slept':
        room.sleep(choices.pick([MINUTE, 5 * SECOND, HOUR, 10 * HOUR]));
        if (choices.chance(0.5)) room.inAwake(1, () => screen?.running === true && screen.engine.wake());
        return;
      case 'wall-hour-forward':
        room.setWall(HOUR);
        return;
      case 'wall-hour-back':
        room.setWall(-HOUR);
        return;
      case 'wall-days-forward':
        room.setWall(8 * DAY);
        return;
      case 'wall-days-back':
        room.setWall(-8 * DAY);
        return;
      case 'wall-nudged':
        room.setWall(choices.between(-20 * SECOND, 20 * SECOND));
        return;
      case 'disk-full':
      case 'disk-read-only':
        forAWhile(
          30 * SECOND,
          () => (terminal.diskTrouble = fault === 'disk-full' ? 'disk-full' : 'read-only'),
          () => (terminal.diskTrouble = null),
        );
        return;
      case 'network-down':
        forAWhile(
          leftMs > DAY ? 8 * DAY : 10 * MINUTE,
          () => Object.assign(network.down, { primary: true, backup: true }),
          () => Object.assign(network.down, { primary: false, backup: false }),
        );
        return;
      case 'primary-down':
        forAWhile(
          10 * MINUTE,
          () => (network.down.primary = true),
          () => (network.down.primary = false),
        );
        return;
      case 'gateway-busy':
      case 'gateway-limits':
      case 'answers-of-another':
        // It lasts its minutes whenever the other faults stop: blame and the limit for unknown states are counted over
        // minutes.
        network.overloaded = OVERLOADS[fault];
        room.in(choices.between(1, 15 * MINUTE), () => (network.overloaded = null));
        return;
    }
  };

  // A refund's requests are a minute apart.
  const untilQuietMs = swarm.refunding
    ? choices.pick([3 * MINUTE, 90 * SECOND, choices.chance(0.02) ? 9 * DAY : 8 * MINUTE])
    : choices.pick([40 * SECOND, 20 * SECOND, 90 * SECOND, choices.chance(0.01) ? 9 * DAY : 3 * MINUTE]);
  if (swarm.oldCancels) {
    hit('sixty-old-cancels');
    oldCancels(terminal, ledger);
  }
  // Most often a command runs when the app starts: a watchdog's, a script's, or a person's in the shell.
  if (swarm.timed.includes('command-drives') && choices.chance(0.8)) {
    hit('command-drives');
    startSecond();
  }
  startScreen();
  const customers = swarm.crowd ? 16 : choices.pick([1, 1, 2, 3]);
  for (let each = 0; each < customers; each += 1)
    room.inAwake(choices.between(0, each * (swarm.crowd ? SECOND / 2 : 15 * SECOND)), () => crew.customer());
  for (const fault of swarm.timed) {
    if (fault === 'double-tap') continue;
    for (let times = choices.between(1, 2); times > 0; times -= 1) {
      const atMs = choices.between(0, Math.min(untilQuietMs, 60 * SECOND));
      room.in(atMs, () => occur(fault, untilQuietMs - atMs));
    }
  }

  let endMs = Infinity;
  const becomeQuiet = (): void => {
    const held = [...terminal.processes].find((process) => !process.running);
    if (held !== undefined || room.nowMs < lastsUntilMs) {
      const waitMs = held === undefined ? lastsUntilMs - room.nowMs : held.heldUntilMonoMs - room.monoMs;
      room.inAwake(Math.max(1, waitMs), becomeQuiet);
      return;
    }
    endMs = room.nowMs + QUIET_MS;
    say('all faults stop');
    terminal.wild = ledger.wild = network.wild = false;
    terminal.diskTrouble = null;
    Object.assign(network.down, { primary: false, backup: false });
    crew.active = false;
    isOff = false;
    startScreen();
  };
  room.inAwake(untilQuietMs, becomeQuiet);

  let steps = 0;
  const atRest = (): boolean => !terminal.wild && !disk.orders.some((stored) => checks.isAwaited(stored));
  while (checks.violation === null && !atRest()) {
    if (!oneStep(room, checks, endMs)) break;
    if (room.unsettled) await settle(room);
    steps += 1;
    if (steps > STEPS_MAX) checks.violate('nothing spins', `${String(steps)} happenings`);
  }
  if (checks.violation === null) checks.atTheEnd();
  if (wire && checks.violation === null) checkSecrets(disk, checks);
  return {
    violation: checks.violation,
    hits,
    virtualMs: room.nowMs,
    reverses: checks.reversesLeft,
    ends: disk.orders.map(({ order }) => order.phase.name),
  };
}

function oneStep(room: MachineRoom, checks: Checks, endMs: number): boolean {
  try {
    return room.runNext(endMs);
  } catch (error) {
    if (!(error instanceof Killed))
      checks.violate('nothing breaks', error instanceof Error ? (error.stack ?? error.message) : String(error));
    return true;
  }
}

/** Runs the handlers of every settled promise: microtasks all run before the next turn of the event loop. */
async function settle(room: MachineRoom): Promise<void> {
  room.unsettled = false;
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const SECRET = new RegExp(`${API_KEY}|${FACE_CODE}|${CODE_MARK}|${OPENID}|"sign"|[0-9A-F]{64}`);

function checkSecrets(disk: MemoryDisk, checks: Checks): void {
  const found = SECRET.exec(JSON.stringify([disk.rows, disk.orders]));
  if (found !== null) checks.violate('the journal holds no secret', found[0]);
}
