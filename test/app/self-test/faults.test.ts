/**
 * The self-test against real faults: each fault is made and must be found in its own line, while the other lines still
 * report.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { auditKeyOf } from '../../../electron/app/audit/audit-trail.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { runSelfTest } from '../../../electron/app/self-test/self-test.ts';
import { practiceTarget } from '../../../electron/app/self-test/target.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { systemClock, type Clock } from '../../../electron/base/clock.ts';
import { silentLog } from '../../../electron/base/log.ts';
import type { PracticeGateway, RecordedRequest } from '../../../electron/practice/gateway-server.ts';
import { createThrowawayCa } from '../../../electron/practice/throwaway-ca.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import { checkIdSchema, selfTestReportSchema } from '../../../shared/self-test/self-test.ts';
import { terminalSchema } from '../../../shared/settings.ts';
import { SELF_TEST_CHECK_MS, SELF_TEST_JOURNAL_MS } from '../../../shared/timing.ts';
import { leaderLock } from '../../../electron/orders/engine/leader-lock.ts';
import { writeHolder } from '../../../electron/orders/engine/lock-holder.ts';
import { tamperWith, writeActs } from '../../support/orders/audit-file.ts';
import {
  foundIn,
  lineIn,
  readInThread,
  SelfTestTerminal,
  startGateway,
} from '../../support/terminal/self-test-terminal.ts';

let gateway: PracticeGateway;
let terminal: SelfTestTerminal;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());
beforeEach(() => {
  terminal = new SelfTestTerminal(gateway);
});
afterEach(() => {
  terminal.close();
});
const seenSince = (before: number): readonly RecordedRequest[] => gateway.requests.slice(before);

const NETWORK = ['primary', 'backup', 'face', 'clock', 'query', 'door'] as const;

/** Everything under a folder with its content, except SQLite's side files, which every reader makes again. */
const contentsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/-(shm|wal)$/.test(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );

/** The disk is this machine's, and may be slow while others use it. */
const AS_FAST_AS_THE_DISK: unknown = expect.stringMatching(/^(ok quick|warn slow)$/);

describe('a terminal that is well', () => {
  it('is well in every line that can be looked at, tells each once, and proves key and signature without an order', async () => {
    await terminal.setUp();
    writeActs(terminal.profile.journal('practice'), 6, auditKeyOf(terminal.profile));
    // Some of those orders are open, and the app drives them.
    const lock = leaderLock(terminal.profile.leaderLock('practice'));
    expect(lock.take()).toBe(true);
    const alive = terminal.clock.read();
    writeHolder(terminal.profile.leaderLock('practice'), { pid: process.pid, program: 'app', since: alive, alive });
    const told: string[] = [];
    const report = await runSelfTest(terminal.parts(), null, ({ id }) => told.push(id));
    expect(report.lines.map(({ id }) => id)).toEqual(checkIdSchema.options);
    expect([...told].sort()).toEqual([...checkIdSchema.options].sort());
    expect(
      report.lines.filter(({ id, verdict }) => id !== 'disk-sync' && (verdict === 'warn' || verdict === 'fail')),
    ).toEqual([]);
    expect(foundIn(report, 'settings', 'key', 'certificate', ...NETWORK)).toEqual([
      'ok complete', 'ok loads', 'ok in-force', 'ok reached', 'ok reached', 'ok reached', 'ok agrees', 'ok proved', 'ok let-through',
    ]); // prettier-ignore
    expect(foundIn(report, 'disk-sync', 'disk-space', 'journal', 'audit', 'face-device')).toEqual([
      AS_FAST_AS_THE_DISK,
      'ok enough',
      'ok sound',
      'ok whole',
      'ok simulated',
    ]);
    expect(lineIn(report, 'audit').figures).toEqual({ entries: 6 });
    expect(lineIn(report, 'driver')).toMatchObject({
      verdict: 'ok',
      code: 'drives',
      figures: { pid: process.pid, program: 'app' },
    });
    lock.release();
    expect(selfTestReportSchema.safeParse(report).success).toBe(true);
  });

  it('is left as it was, and the gateway has heard of no order and no reverse', async () => {
    await terminal.setUp();
    writeActs(terminal.profile.journal('practice'), 6, auditKeyOf(terminal.profile));
    const before = contentsOf(terminal.profile.folder);
    const asked = gateway.requests.length;
    await terminal.run();
    expect(contentsOf(terminal.profile.folder)).toEqual(before);
    expect(existsSync(terminal.profile.leaderLock('practice'))).toBe(false);
    const requests = seenSince(asked);
    expect([...gateway.ledger.orders()]).toEqual([]);
    const withNumbers = requests.filter(({ fields }) => fields['out_trade_no'] !== undefined);
    expect(withNumbers.map(({ path }) => path)).toEqual(['/pay/facepayquery']);
    expect(requests.filter(({ path }) => path.startsWith('/secapi/')).map(({ fields }) => fields)).toEqual([{}]);
  });

  it('says nothing secret, and of ids only the end', async () => {
    await terminal.setUp();
    const said = JSON.stringify(await terminal.run());
    const { apiKey, mchId, appid } = gateway.merchant;
    for (const secret of [apiKey, mchId, appid, 'BEGIN', 'sign=']) expect(said).not.toContain(secret);
    expect(said).toContain(`…${mchId.slice(-4)}`);
  });
});

describe('settings', () => {
  it('that are damaged are found, and the key, the disk and the screen are looked at all the same', async () => {
    await terminal.setUp();
    writeFileSync(terminal.profile.settings, '{"merchant":');
    rmSync(`${terminal.profile.settings}.kept`);
    const report = await terminal.run();
    expect(foundIn(report, 'settings', 'key', 'certificate', 'primary', 'query', 'disk-sync', 'journal')).toEqual([
      'fail damaged', 'ok loads', 'ok in-force', 'skipped needs-settings', 'skipped needs-settings', AS_FAST_AS_THE_DISK, 'skipped needs-settings',
    ]); // prettier-ignore
    expect(foundIn(report, 'face-device')).toEqual(['skipped needs-settings']);
    expect(report.terminal).toBe(null);
  });

  it('of real payments are to name the shop, and to trust the public authorities', async () => {
    const live = { gateway: { primary: terminal.gateway.primary, backup: 'https://no-such-host.invalid' } };
    await terminal.setUp(live, { caPem: null });
    expect(foundIn(await terminal.run(), 'settings', 'primary')).toEqual(['warn store-unnamed', 'fail not-trusted']);
    settingsStore(terminal.profile, '').setTerminal(terminalSchema.parse({ storeName: '小店' }));
    expect(foundIn(await terminal.run(), 'settings', 'face-device')).toEqual(['ok complete', 'warn absent']);
    await terminal.setUp(live);
    expect(foundIn(await terminal.run(), 'settings', 'primary')).toEqual(['warn own-authority', 'ok reached']);
  });

  it('of a terminal that is nowhere yet are no failure, and looking makes no folder', async () => {
    const report = await terminal.run();
    expect(foundIn(report, 'settings', 'key', 'certificate', 'primary', 'journal', 'audit')).toEqual([
      'warn practising', 'skipped practising', 'skipped practising', 'skipped in-the-app', 'ok none', 'ok none',
    ]); // prettier-ignore
    expect(existsSync(terminal.profile.folder)).toBe(false);
  });
});

describe('a key', () => {
  it.each<[string, (terminal: SelfTestTerminal) => void, string]>([
    [
      'is missing',
      ({ profile }) => {
        rmSync(profile.credentials);
      },
      'fail missing',
    ],
    [
      'is damaged',
      ({ profile }) => {
        writeFileSync(profile.credentials, 'no');
      },
      'fail damaged',
    ],
    [
      'is another device’s',
      ({ profile }) => {
        writeFileSync(profile.deviceSecret, Buffer.alloc(32));
      },
      'fail wrong-key',
    ],
    [
      'is a folder',
      ({ profile }) => {
        rmSync(profile.credentials);
        mkdirSync(profile.credentials);
      },
      'fail unreadable',
    ],
    [
      'can be read by others',
      ({ profile }) => {
        chmodSync(profile.credentials, 0o644);
      },
      'warn readable-by-others',
    ],
  ])('that %s is found', async (_name, spoil, verdict) => {
    await terminal.setUp();
    spoil(terminal);
    const report = await terminal.run();
    expect(foundIn(report, 'key')).toEqual([verdict]);
    const loads = verdict.startsWith('warn');
    expect(foundIn(report, 'query', 'primary')).toEqual([
      loads ? 'ok proved' : 'skipped needs-key',
      loads ? 'ok reached' : 'fail not-trusted',
    ]);
  });

  it('that WeChat does not know is found by the query, and blamed on the signature', async () => {
    await terminal.setUp({}, { apiKey: 'x'.repeat(32) });
    expect(foundIn(await terminal.run(), 'key', 'query', 'primary')).toEqual([
      'ok loads',
      'fail signature',
      'ok reached',
    ]);
  });

  it.each([{ mchId: '1900000999' }, { appid: 'wx0000000000000000' }])(
    'that goes with other ids is told from a wrong one: %j',
    async (wrong) => {
      await terminal.setUp(wrong);
      expect(foundIn(await terminal.run(), 'query')).toEqual(['fail ids']);
    },
  );
});

describe('a certificate', () => {
  const DAY_MS = 86_400_000;
  it.each([
    [-2, -1, 'fail expired'],
    [1, 30, 'fail not-yet-valid'],
    [-1, 29.5, 'warn expiring'],
    [-1, 31.5, 'ok in-force'],
  ])('valid from day %d to day %d is: %s', async (from, until, verdict) => {
    const now = Date.now();
    await terminal.setUp(
      {},
      await gateway.ca.issueMerchant(gateway.merchant.mchId, {
        fromMs: now + from * DAY_MS,
        untilMs: now + until * DAY_MS,
      }),
    );
    const report = await terminal.run();
    expect(foundIn(report, 'certificate', 'query')).toEqual([verdict, 'ok proved']);
    if (until > 0 && from < 0) expect(lineIn(report, 'certificate').figures['days']).toBe(Math.floor(until));
  });

  it('that has expired is refused at the door', async () => {
    const now = Date.now();
    await terminal.setUp(
      {},
      await gateway.ca.issueMerchant(gateway.merchant.mchId, { fromMs: now - 2 * DAY_MS, untilMs: now - DAY_MS }),
    );
    expect(foundIn(await terminal.run(), 'door')).toEqual(['fail refused']);
  });

  it('of another authority looks well here and is refused at the door', async () => {
    const foreign = await createThrowawayCa(Date.now());
    await terminal.setUp({}, await foreign.issueMerchant(gateway.merchant.mchId));
    expect(foundIn(await terminal.run(), 'certificate', 'door', 'query')).toEqual([
      'ok in-force',
      'fail refused',
      'ok proved',
    ]);
  });

  it('of another merchant, with another’s key, or that is none, is found, and the domains are reached without it', async () => {
    const other = await gateway.ca.issueMerchant('1900000999');
    await terminal.setUp({}, other);
    expect(foundIn(await terminal.run(), 'certificate', 'primary')).toEqual(['fail other-merchant', 'ok reached']);
    await terminal.setUp({}, { certPem: gateway.clientCertPem, keyPem: other.keyPem });
    expect(foundIn(await terminal.run(), 'certificate', 'primary', 'query', 'door')).toEqual([
      'fail key-mismatch',
      'ok reached',
      'ok proved',
      'skipped untold',
    ]);
    await terminal.setUp({}, { certPem: 'no' });
    expect(foundIn(await terminal.run(), 'certificate', 'primary', 'query')).toEqual([
      'fail unreadable',
      'ok reached',
      'ok proved',
    ]);
  });
});

describe('a network', () => {
  async function stalledServer(): Promise<string> {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      server.close();
    });
    return `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  it('in which the backup’s name is unknown and the face domain never speaks is found in those lines', async () => {
    const { primary } = gateway;
    await terminal.setUp({
      gateway: { primary, backup: 'https://no-such-host.invalid' },
      faceGateway: await stalledServer(),
      connectTimeoutMs: 500,
    });
    const report = await terminal.run();
    expect(foundIn(report, ...NETWORK)).toEqual([
      'ok reached',
      'fail no-name',
      'fail unreachable',
      'ok agrees',
      'ok proved',
      'ok let-through',
    ]);
    expect(lineIn(report, 'face').figures['why']).toBe('timeout');
  });

  it('without a gateway says so in every line, and why', async () => {
    const gone = await startGateway();
    const alone = new SelfTestTerminal(gone);
    onTestFinished(() => {
      alone.close();
    });
    await alone.setUp();
    await gone.close();
    const report = await alone.run();
    expect(foundIn(report, ...NETWORK)).toEqual([
      'fail unreachable',
      'fail unreachable',
      'fail unreachable',
      'skipped untold',
      'fail no-answer',
      'skipped untold',
    ]);
    expect([lineIn(report, 'primary').figures['why'], lineIn(report, 'query').figures['why']]).toEqual([
      'ECONNREFUSED',
      'not-sent',
    ]);
  });

  it('with somebody else’s server in it is not trusted, and nothing is asked there', async () => {
    const other = await createThrowawayCa(Date.now());
    const asked = gateway.requests.length;
    await terminal.setUp({}, { caPem: other.caPem });
    const report = await terminal.run();
    expect(foundIn(report, 'primary', 'backup', 'face', 'query')).toEqual([
      'fail not-trusted',
      'fail not-trusted',
      'fail not-trusted',
      'fail no-answer',
    ]);
    expect(seenSince(asked)).toEqual([]);
  });

  it('without a backup domain has none to look at', async () => {
    await terminal.setUp({ gateway: { primary: gateway.primary } });
    expect(foundIn(await terminal.run(), 'backup', 'primary')).toEqual(['skipped none', 'ok reached']);
  });
});

describe('a clock', () => {
  const ahead = (ms: number): Clock => {
    const clock = systemClock();
    return { ...clock, read: () => ({ ...clock.read(), wallMs: clock.read().wallMs + ms }) };
  };
  it.each([
    [120_000, 'warn off', 'behind'],
    [-600_000, 'fail far-off', 'ahead'],
  ])('of the gateway’s that is %i ms ahead is: %s', async (ms, verdict, way) => {
    const wrong = await startGateway(ahead(ms));
    const elsewhere = new SelfTestTerminal(wrong);
    onTestFinished(async () => {
      elsewhere.close();
      await wrong.close();
    });
    await elsewhere.setUp();
    const report = await elsewhere.run();
    expect([foundIn(report, 'clock')[0], lineIn(report, 'clock').figures['way']]).toEqual([verdict, way]);
  });
});

describe('a disk', () => {
  it('that takes no file is found, and the rest still reports', async () => {
    await terminal.setUp();
    const file = join(terminal.profile.folder, 'a-file');
    writeFileSync(file, '');
    const report = await terminal.run({ profile: profileIn(join(file, 'profile')) });
    expect(foundIn(report, 'disk-sync', 'primary', 'journal')).toEqual(['fail refused', 'ok reached', 'ok none']);
  });
});

describe('a journal', () => {
  const journal = (): string => terminal.profile.journal('practice');
  beforeEach(async () => {
    await terminal.setUp();
    writeActs(journal(), 6, auditKeyOf(terminal.profile));
  });

  it('that is no database is found, and left as it lies', async () => {
    const bytes = Buffer.from('not a database'.repeat(100));
    writeFileSync(journal(), bytes);
    expect(foundIn(await terminal.run({ inspectJournal: readInThread }), 'journal')).toEqual(['fail damaged']);
    expect(readFileSync(journal()).equals(bytes)).toBe(true);
  });

  it('with an entry changed is found by its trail, with the place', async () => {
    tamperWith(journal(), "UPDATE entries SET role = 'manager' WHERE seq = 3");
    const report = await terminal.run({ inspectJournal: readInThread });
    expect(foundIn(report, 'journal', 'audit')).toEqual(['ok sound', 'fail tampered']);
    expect(lineIn(report, 'audit').figures).toMatchObject({ kind: 'edited', entry: 3 });
  });

  it('that nobody can verify any more says so', async () => {
    rmSync(terminal.profile.deviceSecret);
    expect(foundIn(await terminal.run({ inspectJournal: readInThread }), 'key', 'audit')).toEqual([
      'fail wrong-key',
      'fail no-key',
    ]);
  });

  it('beside which a damaged one lies is to be looked into', async () => {
    writeFileSync(join(dirname(journal()), 'journal.sqlite.damaged-1700000000000'), 'x');
    writeFileSync(join(dirname(journal()), 'journal.sqlite.damaged-1700000000000-wal'), 'x');
    const report = await terminal.run({ inspectJournal: readInThread });
    expect([foundIn(report, 'journal')[0], lineIn(report, 'journal').figures['files']]).toEqual(['warn set-aside', 1]);
  });

  it('of a newer version is said to be that', async () => {
    tamperWith(journal(), 'PRAGMA user_version = 1099');
    expect(foundIn(await terminal.run({ inspectJournal: readInThread }), 'journal', 'audit')).toEqual([
      'fail newer',
      'skipped unread',
    ]);
  });
});

describe('a check', () => {
  /** A clock on which only the wait of `ms` ends at once. */
  const hurried = (ms: number): Clock => {
    const clock = systemClock();
    return { ...clock, after: (waitMs, act) => clock.after(waitMs === ms ? 0 : waitMs, act) };
  };

  it('that hangs has failed, is told to stop, and the rest still reports', async () => {
    await terminal.setUp();
    let stopped = false;
    const report = await terminal.run({
      clock: hurried(SELF_TEST_JOURNAL_MS),
      inspectJournal: (_folder, _environment, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            stopped = true;
          });
        }),
    });
    expect(foundIn(report, 'journal', 'audit', 'query')).toEqual(['fail timed-out', 'fail timed-out', 'ok proved']);
    expect(stopped).toBe(true);
  });

  it('that breaks is logged, has failed, and the rest still reports', async () => {
    await terminal.setUp();
    const logged: object[] = [];
    const report = await terminal.run({
      inspectJournal: () => Promise.reject(new Error('a bug')),
      log: { ...silentLog, error: (fields) => logged.push(fields) },
    });
    expect(foundIn(report, 'journal', 'audit', 'query')).toEqual(['fail broke', 'fail broke', 'ok proved']);
    expect(logged).toMatchObject([{ about: ['journal', 'audit'] }]);
  });

  it('of the practice gateway that never opens is given up, and everything else is looked at', async () => {
    const report = await terminal.run({
      clock: hurried(SELF_TEST_CHECK_MS),
      practice: () => new Promise(() => undefined),
    });
    expect(foundIn(report, 'primary', 'update')).toEqual(['skipped in-the-app', 'skipped by-hand']);
  });
});

it('an app that practises is looked at with its own gateway, beside the journal it has open', async () => {
  const { profile, clock } = terminal;
  const quiet = { onChange: () => undefined, onStage: () => undefined, onNotice: () => undefined };
  const opened = await openServices({ profile, store: settingsStore(profile, ''), clock, log: silentLog, ...quiet });
  if (!opened.ok) throw new Error(opened.error.code);
  onTestFinished(() => opened.value.close(0));
  opened.value.engine.start();
  opened.value.audit.byApp('app-started', '1.2.3');
  const report = await terminal.run({
    inspectJournal: readInThread,
    practice: () => Promise.resolve(practiceTarget(opened.value)),
  });
  expect(foundIn(report, 'settings', 'key', ...NETWORK, 'journal', 'audit')).toEqual([
    'warn practising', 'skipped practising', 'ok reached', 'ok reached', 'ok reached', 'ok agrees', 'ok proved', 'ok let-through', 'ok sound', 'ok whole',
  ]); // prettier-ignore
});
