import type { Notice } from '../../shared/ipc.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { PosOrders } from './pos-orders.ts';
import type { KeptPosSettings } from './kept-settings.ts';
import { startPosServer, type ListenProblem, type PosServer } from './server.ts';

/** A port that another program holds may be free again soon: the app's own last process may still be closing. */
export const PORT_RETRY_MS = 5_000;

/** The server on the port from the settings, or no server. */
export interface Listening {
  /** `on`: from now on it listens if the settings say so. Otherwise it stops listening. */
  turn(on: boolean): Promise<void>;
  /** The settings have changed. */
  settle(): Promise<void>;
  /** `null` while it does not listen. */
  server(): PosServer | null;
  problem(): ListenProblem | null;
}

export interface ListeningParts {
  readonly posOrders: PosOrders;
  readonly clock: Clock;
  readonly log: Log;
  readonly onNotice: (notice: Notice) => void;
}

export function listening(
  parts: ListeningParts,
  settings: Pick<KeptPosSettings, 'now' | 'unreadable' | 'reread'>,
): Listening {
  const { posOrders, clock, log, onNotice } = parts;
  let started = false;
  let server: PosServer | null = null;
  let problem: ListenProblem | null = null;
  let stopRetry = (): void => undefined;
  /** Starts and stops run one after the other, whoever requests them. */
  let turn: Promise<void> = Promise.resolve();

  const setProblem = (next: ListenProblem | null): void => {
    if ((next === null) !== (problem === null))
      onNotice({
        code: 'pos-api-stopped',
        on: next !== null,
        detail: next === null ? null : `127.0.0.1:${String(settings.now().port)}`,
      });
    problem = next;
  };

  const retryLater = (): void => {
    stopRetry = clock.after(PORT_RETRY_MS, () => void inTurn());
  };

  const settle = async (): Promise<void> => {
    stopRetry();
    settings.reread(started);
    if (started && settings.unreadable()) retryLater();
    const { enabled, port } = settings.now();
    const wanted = started && enabled;
    if (server !== null && (!wanted || server.port !== port)) {
      const old = server;
      server = null;
      await old.close();
    }
    if (!wanted) setProblem(null);
    else if (server === null) await listen();
  };

  const listen = async (): Promise<void> => {
    const { port } = settings.now();
    const opened = await startPosServer({ posOrders, clock, log, port, tokenNow: () => settings.now().token });
    if (opened.ok) server = opened.value;
    else {
      log.warn({ port: settings.now().port, problem: opened.error }, 'the local API cannot listen');
      retryLater();
    }
    setProblem(opened.ok ? null : opened.error);
  };

  const inTurn = (): Promise<void> => {
    turn = turn.then(settle);
    return turn;
  };

  return {
    turn(on) {
      started = on;
      return inTurn();
    },
    settle: inTurn,
    server: () => server,
    problem: () => problem,
  };
}
