/**
 * A terminal for the self-test: a real profile, set up against a practice gateway of its own, or damaged in some way.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { settingsStore, type Credentials, type SettingsStore } from '../../../electron/app/settings/settings-store.ts';
import { terminalHost } from '../../../electron/app/self-test/host-check.ts';
import { inspectJournalWith } from '../../../electron/app/self-test/journal-thread.ts';
import { inspectionOrTrouble } from '../../../electron/app/self-test/journal-inspection.ts';
import { runSelfTest, type SelfTestParts } from '../../../electron/app/self-test/self-test.ts';
import { systemClock, type Clock } from '../../../electron/base/clock.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { startPracticeGateway, type PracticeGateway } from '../../../electron/practice/gateway-server.ts';
import { newPracticeMerchant } from '../../../electron/practice/practice-merchant.ts';
import { noSecretBox } from '../../../electron/vault/secret-box.ts';
import type { CheckId, SelfTestLine, SelfTestReport } from '../../../shared/self-test/self-test.ts';
import { merchantSchema, type Merchant } from '../../../shared/settings.ts';
import { CHEAP } from '../secrets/scrypt.ts';

/** In a thread, as the app reads it. */
export const readInThread = inspectJournalWith(resolve('electron/app/self-test/journal-worker.ts'));

/** `clock`: the gateway's own, if it differs from this machine's. */
export const startGateway = (clock: Clock = systemClock()): Promise<PracticeGateway> =>
  startPracticeGateway({ clock, merchant: newPracticeMerchant(), scenario: 'paid' });

const cheapStore = (profile: Profile, passphrase: string): SettingsStore =>
  settingsStore(profile, passphrase, noSecretBox, CHEAP);

export class SelfTestTerminal {
  readonly gateway: PracticeGateway;
  readonly profile: Profile;
  readonly clock = systemClock();
  readonly #root: string;

  constructor(gateway: PracticeGateway) {
    this.#root = mkdtempSync(join(tmpdir(), 'facepay-test-'));
    this.profile = profileIn(join(this.#root, 'profile'));
    this.gateway = gateway;
  }

  /** Sets up the terminal, with some fields changed: nothing is checked, so fields may be wrong. */
  async setUp(
    merchant: Partial<Merchant> = {},
    credentials: Partial<Credentials> = {},
    passphrase = '',
  ): Promise<void> {
    const { gateway } = this;
    const stored = await cheapStore(this.profile, passphrase).setMerchant(
      merchantSchema.parse({
        appid: gateway.merchant.appid,
        mchId: gateway.merchant.mchId,
        gateway: { primary: gateway.primary, backup: gateway.backup },
        faceGateway: gateway.primary,
        ...merchant,
      }),
      {
        apiKey: gateway.merchant.apiKey,
        certPem: gateway.clientCertPem,
        keyPem: gateway.clientKeyPem,
        caPem: gateway.caPem,
        ...credentials,
      },
    );
    if (!stored.ok) throw new Error(stored.error);
  }

  parts(changes: Partial<SelfTestParts> = {}): SelfTestParts {
    const { profile, clock } = this;
    return {
      profile,
      store: cheapStore(profile, ''),
      clock,
      log: silentLog,
      version: '1.2.3',
      host: terminalHost(process.versions.node),
      zone: { name: 'Asia/Shanghai', aheadMs: 8 * 3_600_000 },
      // Without a thread: starting one takes longer than reading these journals.
      inspectJournal: (folder, environment) => Promise.resolve(inspectionOrTrouble(folder, environment)),
      practice: () => Promise.resolve(null),
      ...changes,
    };
  }

  run(changes: Partial<SelfTestParts> = {}): Promise<SelfTestReport> {
    return runSelfTest(this.parts(changes), null);
  }

  close(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}

export function lineIn({ lines }: SelfTestReport, id: CheckId): SelfTestLine {
  const line = lines.find((known) => known.id === id);
  if (line === undefined) throw new Error(`the report has no line ${id}`);
  return line;
}

/** The findings of some checks: `fail unreachable`. */
export const foundIn = (report: SelfTestReport, ...ids: readonly CheckId[]): string[] =>
  ids.map((id) => lineIn(report, id)).map(({ verdict, code }) => `${verdict} ${code}`);
