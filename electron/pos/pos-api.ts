/** The local API during the app's life: off until a technician switches it on, with one token at a time. */
import { randomBytes } from 'node:crypto';
import type { PosStatus } from '../../shared/contract/pos.ts';
import { ok, type Result } from '../../shared/result.ts';
import { keptPosSettings, type KeptPosSettingsParts } from './kept-settings.ts';
import { listening, type ListeningParts } from './listening.ts';
import { securePosSettings, type PosSettings } from './pos-settings.ts';
import { newToken, TOKEN_BYTES } from './token.ts';

export interface PosApi {
  /** Listens, if a technician has switched it on. */
  start(): Promise<void>;
  status(): PosStatus;
  switchTo(choice: { readonly enabled: boolean; readonly port: number }): Promise<Result<PosStatus, 'not-saved'>>;
  /** The new token's secret. When this returns the old one is invalid, and its connections are closed. */
  renewToken(): Result<{ readonly token: string; readonly status: PosStatus }, 'not-saved'>;
  revokeToken(): Result<PosStatus, 'not-saved'>;
  /** Some order has changed. */
  wake(): void;
  close(): Promise<void>;
}

export type PosApiParts = KeptPosSettingsParts & ListeningParts;

export function createPosApi(parts: PosApiParts): PosApi {
  const { file, clock, log } = parts;
  const settings = keptPosSettings(parts);
  const port = listening(parts, settings);

  const status = (): PosStatus => {
    const { enabled, port: number, token } = settings.now();
    return {
      enabled,
      port: number,
      running: port.server() !== null,
      problem: settings.unreadable() ? 'settings-unreadable' : port.problem(),
      token: token === null ? null : { id: token.id, madeAtMs: token.madeAtMs },
    };
  };

  /** Clients with another token are disconnected. */
  const saveToken = (token: PosSettings['token']): Result<PosStatus, 'not-saved'> => {
    const saved = settings.save({ ...settings.now(), token });
    if (!saved.ok) return saved;
    port.server()?.endStreams();
    return ok(status());
  };

  return {
    start() {
      if (securePosSettings(file, clock.read().wallMs))
        log.warn({ file }, 'the settings of the local API were gone or damaged and have been put back from their copy');
      return port.turn(true);
    },
    status,
    async switchTo(choice) {
      const saved = settings.save({ ...settings.now(), enabled: choice.enabled, port: choice.port });
      if (!saved.ok) return saved;
      await port.settle();
      return ok(status());
    },
    renewToken() {
      const { token, kept } = newToken(randomBytes(TOKEN_BYTES), clock.read().wallMs);
      const saved = saveToken(kept);
      return saved.ok ? ok({ token, status: saved.value }) : saved;
    },
    revokeToken: () => saveToken(null),
    wake() {
      port.server()?.wake();
    },
    close: () => port.turn(false),
  };
}
