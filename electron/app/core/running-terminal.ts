/**
 * The open terminal. It can be closed and reopened with other settings while the app runs. If it cannot be opened for a
 * reason that passes, it is tried again until it opens. Cancels under way must not wait for a person to restart the
 * app.
 */
import { fail, ok, type Result } from '../../../shared/result.ts';
import { passes } from '../../../shared/start-trouble.ts';
import { OPEN_RETRY_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Services, ServicesProblem } from './services.ts';

export type Opened = Result<Services, ServicesProblem>;

/** What undoes a change of what is stored. */
export interface Change {
  readonly undo: () => void;
}

export type Reopened =
  // `put-back`: the terminal could not be opened with the change. The change was undone, and the terminal is as before.
  | { readonly how: 'changed'; readonly services: Services }
  | { readonly how: 'put-back'; readonly problem: ServicesProblem };

export interface RunningTerminal {
  /**
   * Settles once the terminal is open, or could not be opened. Each `reopen` and each try makes a new promise, so ask
   * each time.
   */
  readonly opening: Promise<Opened>;
  /**
   * Closes the terminal as at quit, makes the change and opens it again; commands wait meanwhile. If `mayClose` returns
   * a reason against it, nothing is closed. If `change` fails, the terminal stays as it was.
   */
  reopen<Problem>(
    mayClose: (services: Services) => Problem | null,
    change: () => Promise<Result<Change, Problem>>,
  ): Promise<Result<Reopened, Problem | 'busy'>>;
  close(): Promise<void>;
}

export interface RunningTerminalParts {
  /** `again`: the last attempt failed, and nothing has been open since. */
  readonly open: (again: boolean) => Promise<Opened>;
  /** What to do with a terminal that has just been opened. */
  readonly begin: (services: Services) => void;
  /** How long closing waits for a call in flight. The order is queried again later, so a lost answer does no harm. */
  readonly closeWithinMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens the terminal. If that fails for a reason that passes, it tries again by itself. */
interface Opener {
  open(): Promise<Opened>;
  /** Makes no more tries of its own until the terminal is opened again. Settles once the present try is over. */
  pause(): Promise<void>;
  /** The same, permanently. */
  end(): Promise<void>;
}

/** `onTried`: it has tried again by itself. */
function opener({ open, begin, clock, log }: RunningTerminalParts, onTried: (opened: Opened) => void): Opener {
  let ended = false;
  let logged = '';
  let stopRetry = (): void => undefined;
  /** The try that is under way, if there is one. */
  let trying: Promise<void> = Promise.resolve();

  const openAndBegin = async (again = false): Promise<Opened> => {
    const opened = await open(again);
    if (opened.ok) {
      if (logged !== '') log.info({ after: logged }, 'the terminal could be opened after all');
      logged = '';
      begin(opened.value);
      return opened;
    }
    const { part, code } = opened.error;
    // Logged once for as long as it lasts: it is tried every few seconds.
    if (logged !== `${part}:${code}`) log.error(opened.error, 'the terminal could not be opened');
    logged = `${part}:${code}`;
    stopRetry();
    if (!ended && passes(code)) stopRetry = clock.after(OPEN_RETRY_MS, tryAgain);
    return opened;
  };
  const tryAgain = (): void => {
    trying = openAndBegin(true).then(onTried);
  };
  const pause = (): Promise<void> => {
    stopRetry();
    return trying;
  };
  return {
    open: () => openAndBegin(),
    pause,
    end() {
      ended = true;
      return pause();
    },
  };
}

export function runTerminal(parts: RunningTerminalParts): RunningTerminal {
  const { closeWithinMs } = parts;
  const terminal = opener(parts, (opened) => {
    opening = Promise.resolve(opened);
  });
  let opening = terminal.open();
  let reopening = false;

  /** Keeps commands waiting until `act` returns what the terminal now is. */
  const gated = async <Value>(act: () => Promise<{ readonly now: Opened; readonly value: Value }>): Promise<Value> => {
    const before = opening;
    const gate = Promise.withResolvers<Opened>();
    opening = gate.promise;
    try {
      const { now, value } = await act();
      gate.resolve(now);
      return value;
    } catch (error) {
      // A bug: every waiting command gets the error, and the process ends.
      gate.reject(error instanceof Error ? error : new Error(String(error)));
      opening = before;
      throw error;
    }
  };

  return {
    get opening() {
      return opening;
    },
    async reopen<Problem>(
      mayClose: (services: Services) => Problem | null,
      change: () => Promise<Result<Change, Problem>>,
    ): Promise<Result<Reopened, Problem | 'busy'>> {
      if (reopening) return fail('busy');
      reopening = true;
      await terminal.pause();
      const old = await opening;
      try {
        return await gated<Result<Reopened, Problem>>(async () => {
          const refusal = old.ok ? mayClose(old.value) : null;
          if (refusal !== null) return { now: old, value: fail(refusal) };
          if (old.ok) await old.value.close(closeWithinMs);
          const changed = await change();
          const opened = await terminal.open();
          if (!changed.ok) return { now: opened, value: fail(changed.error) };
          if (opened.ok) return { now: opened, value: ok({ how: 'changed', services: opened.value }) };
          changed.value.undo();
          return { now: await terminal.open(), value: ok({ how: 'put-back', problem: opened.error }) };
        });
      } finally {
        reopening = false;
      }
    },
    async close() {
      await terminal.end();
      const opened = await opening;
      if (opened.ok) await opened.value.close(closeWithinMs);
    },
  };
}
