/**
 * Other influences on the journal of a running cancel: a program that holds it locked, and a disk that can only be
 * read.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { journalProcess } from '../support/orders/journal-processes.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';
import { inTheEnd, type Played } from './aftermath.ts';
import { CASES, seeded } from './cases.ts';
import { missingForCrashTests } from './compiler.ts';
import { ledgerOrderOf } from './judge.ts';
import { siteForTests } from './site-for-tests.ts';
import { runCommand, type Ended } from './victim.ts';

const missing = missingForCrashTests();

const here = siteForTests(missing);

/** An order with nine seconds of its window left, on a terminal of its own. */
async function armable(): Promise<Played> {
  const [, armed] = CASES;
  const order = await seeded(here.site, armed ?? expect.fail());
  return { ...order, profile: here.site.terminal('used', order.outTradeNo) };
}
const run = (profile: string, ...args: readonly string[]): Promise<Ended> => runCommand(here.tools, profile, args);
const cancelOf = ({ outTradeNo, paidAt }: Played): string[] => [
  'cancel',
  outTradeNo,
  '--paid-at',
  paidAt,
  '--reason-code',
  'duplicate',
];
const journalOf = (profile: string): string => profileIn(profile).journal('practice');
const notices = ({ lines }: Ended): unknown[] =>
  lines.filter(({ type }) => type === 'notice').map(({ code, on, detail }) => [code, on, detail]);

// SQLite waits 5 s for such a lock.
const LONGER_THAN_ANYONE_WAITS_MS = 7_000;

describe.skipIf(missing !== null)(
  `a journal that another program holds locked${missing === null ? '' : ` (not run: ${missing})`}`,
  () => {
    it('holds an armed cancel up, keeps another from starting, lets nothing be sent, and costs nothing once it is free', async () => {
      const played = await armable();
      const late = { ...(await armable()), profile: played.profile };
      const holder = journalProcess('hold', journalOf(played.profile));
      expect(await holder.said()).toBe('ready');
      const ended = runCommand(here.tools, played.profile, cancelOf(played), null, (said) => {
        if (said.includes('cancel-armed')) holder.go();
      });
      expect(await holder.said()).toBe('held');
      const [refused] = await Promise.all([run(played.profile, ...cancelOf(late)), sleep(LONGER_THAN_ANYONE_WAITS_MS)]);
      expect(refused.lines).toMatchObject([{ type: 'error', code: 'busy' }]);
      expect(refused.exitCode).toBe(2);
      expect(await ledgerOrderOf(here.site.gateway, played.outTradeNo)).toMatchObject({ reverses: 0, reversed: false });
      holder.go();
      expect(await holder.said()).toBe('let go');
      const cancelled = await ended;
      expect(notices(cancelled)).toEqual([
        ['journal-failing', true, 'busy'],
        ['journal-failing', false, null],
      ]);
      expect(cancelled.exitCode, cancelled.said).toBe(0);
      expect(await inTheEnd(here.site.gateway, played, [cancelled], false)).toEqual([]);
      const again = await run(played.profile, ...cancelOf(late));
      expect(again.exitCode, again.said).toBe(0);
      expect(await inTheEnd(here.site.gateway, late, [again], false)).toEqual([]);
    });
  },
);

describe.skipIf(missing !== null || !canMount())(
  'a disk that has become read-only (needs a C compiler and the right to mount)',
  () => {
    it('keeps an armed cancel from being resumed, which is said, and gives it back when it can be written again', async () => {
      const played = await armable();
      const armed = await run(played.profile, ...cancelOf(played), '--wait', '0');
      expect(armed.exitCode, armed.said).toBe(3);
      const disk = smallDisk();
      const profile = join(disk.path, 'profile');
      cpSync(played.profile, profile, { recursive: true });
      disk.makeReadOnly();
      const refused = await run(profile, 'resume');
      expect(refused.lines).toMatchObject([{ type: 'error', code: 'read-only' }]);
      expect(refused.exitCode).toBe(2);
      expect(await ledgerOrderOf(here.site.gateway, played.outTradeNo)).toMatchObject({ reverses: 0, reversed: false });
      disk.makeWritable();
      const resumed = await run(profile, 'resume');
      expect(resumed.exitCode, resumed.said).toBe(0);
      expect(await inTheEnd(here.site.gateway, { ...played, profile }, [armed, resumed], false)).toEqual([]);
    });
  },
);
