/** The local API over its life: off until a technician switches it on, with one token at a time. */
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Notice } from '../../shared/ipc.ts';
import type { PosStatus } from '../../shared/contract/pos.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { PosDesk } from './desk.ts';
import { readPosSettings, securePosSettings, switchedOff, writePosSettings, type PosSettings } from './pos-settings.ts';
import { startPosServer, type ListenProblem, type PosServer } from './server.ts';
import { newToken, TOKEN_BYTES } from './token.ts';

export interface PosApi {
  /** Listens, if a technician has switched it on. */
  start(): Promise<void>;
  status(): PosStatus;
  switchTo(choice: { readonly enabled: boolean; readonly port: number }): Promise<Result<PosStatus, 'not-saved'>>;
  /** The new token's secret. The old one is dead when this returns, and what it had open is closed. */
  renewToken(): Result<{ readonly token: string; readonly status: PosStatus }, 'not-saved'>;
  revokeToken(): Result<PosStatus, 'not-saved'>;
  /** Some order has changed. */
  wake(): void;
  close(): Promise<void>;
}

export interface PosApiParts {
  /** The settings' file. */
  readonly file: string;
  readonly desk: PosDesk;
  readonly clock: Clock;
  readonly log: Log;
  readonly onNotice: (notice: Notice) => void;
}

/** A port that another program holds may be free again soon: the app's own last run may still be closing. */
export const PORT_RETRY_MS = 5_000;

export function createPosApi({ file, desk, clock, log, onNotice }: PosApiParts): PosApi {
  let settings = switchedOff;
  let unreadable = false;
  const read = (): void => {
    const now = readPosSettings(file);
    settings = now.ok ? now.value : switchedOff;
    unreadable = !now.ok;
  };
  read();
  let saidUnreadable = false;
  let started = false;
  let server: PosServer | null = null;
  let problem: ListenProblem | null = null;
  let stopRetry = (): void => undefined;
  /** Starting and stopping one after the other, whoever asks. */
  let turn: Promise<void> = Promise.resolve();

  const said = (next: ListenProblem | null): void => {
    if ((next === null) !== (problem === null))
      onNotice({
        code: 'pos-api-stopped',
        on: next !== null,
        detail: next === null ? null : `127.0.0.1:${String(settings.port)}`,
      });
    problem = next;
  };

  /** Whether this terminal has a local API, and with which token, is not known: its till software is refused meanwhile. */
  const sayUnreadable = (on: boolean): void => {
    if (on === saidUnreadable) return;
    saidUnreadable = on;
    if (on) log.warn({ file }, 'the settings of the local API cannot be read');
    onNotice({ code: 'pos-settings-unreadable', on, detail: on ? basename(file) : null });
  };

  const settle = async (): Promise<void> => {
    stopRetry();
    if (started && unreadable) read();
    sayUnreadable(started && unreadable);
    if (started && unreadable) stopRetry = clock.after(PORT_RETRY_MS, () => void inTurn());
    const wanted = started && settings.enabled;
    if (server !== null && (!wanted || server.port !== settings.port)) {
      const old = server;
      server = null;
      await old.close();
    }
    if (!wanted) said(null);
    else if (server === null) await listen();
  };

  const listen = async (): Promise<void> => {
    const opened = await startPosServer({ desk, clock, log, port: settings.port, tokenNow: () => settings.token });
    if (opened.ok) server = opened.value;
    else {
      log.warn({ port: settings.port, problem: opened.error }, 'the local API cannot listen');
      stopRetry = clock.after(PORT_RETRY_MS, () => void inTurn());
    }
    said(opened.ok ? null : opened.error);
  };

  const inTurn = (): Promise<void> => {
    turn = turn.then(settle);
    return turn;
  };

  const save = (next: PosSettings): Result<null, 'not-saved'> => {
    const saved = writePosSettings(file, next, clock.read().wallMs);
    if (saved.ok) {
      settings = next;
      unreadable = false;
      sayUnreadable(false);
    }
    return saved;
  };

  const status = (): PosStatus => ({
    enabled: settings.enabled,
    port: settings.port,
    running: server !== null,
    problem: unreadable ? 'settings-unreadable' : problem,
    token: settings.token === null ? null : { id: settings.token.id, madeAtMs: settings.token.madeAtMs },
  });

  return {
    start() {
      started = true;
      if (securePosSettings(file, clock.read().wallMs))
        log.warn({ file }, 'the settings of the local API were gone or damaged and have been put back from their copy');
      return inTurn();
    },
    status,
    async switchTo({ enabled, port }) {
      const saved = save({ ...settings, enabled, port });
      if (!saved.ok) return saved;
      await inTurn();
      return ok(status());
    },
    renewToken() {
      const { token, kept } = newToken(randomBytes(TOKEN_BYTES), clock.read().wallMs);
      const saved = save({ ...settings, token: kept });
      if (!saved.ok) return saved;
      server?.endStreams();
      return ok({ token, status: status() });
    },
    revokeToken() {
      const saved = save({ ...settings, token: null });
      if (!saved.ok) return saved;
      server?.endStreams();
      return ok(status());
    },
    wake() {
      server?.wake();
    },
    close() {
      started = false;
      return inTurn();
    },
  };
}
