/**
 * Drives the helper of the face SDK. Each call ends within its time, whatever the helper does: one that hangs, dies or
 * says what nobody asked for is ended, and started again with the next call. Nothing here throws.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import { FACE_HELPER_AGAIN_MS, FACE_HELPER_START_MS, FACE_RELEASE_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { FileProblem, HelperPaths } from './helper-file.ts';
import {
  lineOf,
  LINE_CHARACTERS_MAX,
  readLine,
  REQUEST_BYTES_MAX,
  type HelperLine,
  type Lane,
} from './helper-lines.ts';
import type { HelperChild, StartHelper } from './helper-process.ts';

export type HelperProblem =
  | FileProblem
  | 'helper-not-started' // the system does not run it, or it ended before it said that it is ready
  | 'library-not-loaded' // missing, or made for another kind of machine (32 or 64 bits)
  | 'library-functions' // another library
  | 'helper-silent' // no answer in time
  | 'helper-died'
  | 'helper-garbled' // a line that is not one of its own
  | 'helper-busy' // too many calls wait
  | 'helper-rests' // it has failed again and again; it is tried again later
  | 'reply-too-long';

/** What the library returned: `rc` 0 is success. */
export interface HelperReply {
  readonly rc: number;
  readonly text: string;
}

export interface HelperDriver {
  /** `withinMs` counts from now, the start of the helper included. */
  call(lane: Lane, request: string, withinMs: number): Promise<Result<HelperReply, HelperProblem>>;
  isBusy(lane: Lane): boolean;
  isRunning(): boolean;
  /** Ends the helper with whatever it is doing; the next call starts it again, at once. */
  restart(): void;
  /** Lets the helper end. No call is possible after this. */
  end(): void;
}

export interface DriverParts {
  readonly start: StartHelper;
  /** Called before each start. */
  readonly check: () => Result<HelperPaths, FileProblem>;
  readonly clock: Clock;
}

interface Call {
  readonly lane: Lane;
  readonly request: string;
  readonly over: (how: Result<HelperReply, HelperProblem>) => void;
}

/** A helper process from its start to its end. */
interface Running {
  readonly child: HelperChild;
  readonly callOff: () => void;
  isReady: boolean;
  output: string;
  readonly out: Map<number, Call>;
  readonly waiting: Call[];
}

/** The till itself makes one call at a time; the rest is what it forgot. */
const WAITING_MAX = 4;

export function createHelperDriver(parts: DriverParts): HelperDriver {
  const driver = new Driver(parts);
  return {
    call: (...how) => driver.call(...how),
    isBusy: (lane) => driver.isBusy(lane),
    isRunning: () => driver.isRunning(),
    restart: () => {
      driver.stop('helper-died');
    },
    end: () => {
      driver.end();
    },
  };
}

class Driver {
  readonly #parts: DriverParts;
  #running: Running | null = null;
  #lastId = 0;
  /** Failures in a row, and until when the helper rests after the last one, on the monotonic clock. */
  #failures = 0;
  #restsUntilMs = 0;
  #isEnded = false;
  #callOffEnd: () => void = () => undefined;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  isRunning(): boolean {
    return this.#running !== null;
  }

  isBusy(lane: Lane): boolean {
    const { out = new Map<number, Call>(), waiting = [] } = this.#running ?? {};
    return [...out.values(), ...waiting].some((call) => call.lane === lane);
  }

  async call(lane: Lane, request: string, withinMs: number): Promise<Result<HelperReply, HelperProblem>> {
    const { clock } = this.#parts;
    if (Buffer.byteLength(request) > REQUEST_BYTES_MAX) return fail('helper-busy');
    const running = this.#running ?? this.#started();
    if (typeof running === 'string') return fail(running);
    if (running.waiting.length >= WAITING_MAX) return fail('helper-busy');
    return new Promise((resolve) => {
      const call: Call = {
        lane,
        request,
        over: (how) => {
          callOff();
          resolve(how);
        },
      };
      const callOff = clock.after(withinMs, () => {
        const at = running.waiting.indexOf(call);
        if (at === -1 || !running.isReady) this.#failed(running, 'helper-silent');
        else call.over(fail('helper-busy'));
        if (at !== -1) running.waiting.splice(at, 1);
      });
      running.waiting.push(call);
      this.#send(running);
    });
  }

  /** Ends the helper; what it was doing ends with `problem`. */
  stop(problem: HelperProblem): void {
    const running = this.#running;
    if (running === null) return;
    this.#running = null;
    running.callOff();
    this.#callOffEnd();
    running.child.kill();
    for (const call of [...running.out.values(), ...running.waiting.splice(0)]) call.over(fail(problem));
    running.out.clear();
  }

  end(): void {
    this.#isEnded = true;
    const running = this.#running;
    if (running === null) return;
    running.child.end();
    this.#callOffEnd = this.#parts.clock.after(FACE_RELEASE_MS, () => {
      this.stop('helper-died');
    });
  }

  #started(): Running | HelperProblem {
    const { start, check, clock } = this.#parts;
    if (this.#isEnded) return 'helper-died';
    if (clock.read().monoMs < this.#restsUntilMs) return 'helper-rests';
    const checked = check();
    if (!checked.ok) return checked.error;
    const child = start(checked.value, {
      output: (text) => {
        if (this.#running === running) this.#read(running, text);
      },
      over: () => {
        this.#failed(running, running.isReady ? 'helper-died' : 'helper-not-started');
      },
    });
    const running: Running = {
      child,
      callOff: clock.after(FACE_HELPER_START_MS, () => {
        this.#failed(running, 'helper-silent');
      }),
      isReady: false,
      output: '',
      out: new Map(),
      waiting: [],
    };
    this.#running = running;
    return running;
  }

  #failed(running: Running, problem: HelperProblem): void {
    if (this.#running !== running) return;
    const restsMs = FACE_HELPER_AGAIN_MS[Math.min(this.#failures, FACE_HELPER_AGAIN_MS.length - 1)] ?? 0;
    this.#failures += 1;
    this.#restsUntilMs = this.#parts.clock.read().monoMs + restsMs;
    this.stop(problem);
  }

  /** Each lane has one call out at a time. */
  #send(running: Running): void {
    if (!running.isReady) return;
    for (const call of [...running.waiting]) {
      if ([...running.out.values()].some(({ lane }) => lane === call.lane)) continue;
      running.waiting.splice(running.waiting.indexOf(call), 1);
      this.#lastId += 1;
      running.out.set(this.#lastId, call);
      running.child.write(lineOf(this.#lastId, call.lane, call.request));
    }
  }

  #read(running: Running, text: string): void {
    const lines = (running.output + text).split('\n');
    running.output = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#running !== running) return;
      // A program's end of line on Windows.
      const read = readLine(line.endsWith('\r') ? line.slice(0, -1) : line);
      const problem = read === null ? 'helper-garbled' : this.#take(running, read);
      if (problem !== null) this.#failed(running, problem);
    }
    if (running.output.length > LINE_CHARACTERS_MAX) this.#failed(running, 'helper-garbled');
  }

  #take(running: Running, line: HelperLine): HelperProblem | null {
    if ('failed' in line) return line.failed === 'load' ? 'library-not-loaded' : 'library-functions';
    if ('ready' in line) {
      if (running.isReady) return 'helper-garbled';
      running.isReady = true;
      running.callOff();
      this.#send(running);
      return null;
    }
    const call = running.out.get(line.id);
    if (call === undefined) return 'helper-garbled';
    running.out.delete(line.id);
    this.#failures = 0;
    call.over('rc' in line ? ok({ rc: line.rc, text: textOf(line.resp) }) : fail(PROBLEMS[line.error]));
    this.#send(running);
    return null;
  }
}

const PROBLEMS = { busy: 'helper-busy', 'too-long': 'reply-too-long' } as const;

/** Bytes of another encoding become marks: the fields that count are ASCII. A library may count the zero at the end. */
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replace(/\0+$/, '');
