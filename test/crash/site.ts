/** The place for crash tests: a practice gateway in a process of its own, and terminals set up for it. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PracticeProcess, secondsAgo } from '../support/command.ts';
import type { Tools } from './tools.ts';
import { runCommand } from './victim.ts';

/** `new`: no journal yet, so it is made within the test. `used`: one with a cancelled order in it. */
export type ProfileKind = 'new' | 'used';

export interface Site {
  readonly tools: Tools;
  readonly gateway: PracticeProcess;
  /** Makes a terminal; `name` is also the name of its folder. */
  terminal(kind: ProfileKind, name: string): string;
  /** Removes the terminal. */
  remove(profile: string): void;
  close(): Promise<void>;
}

export async function openSite(tools: Tools): Promise<Site> {
  const within = (name: string): string => join(tools.folder, name);
  const gateway = await PracticeProcess.start(within('gateway'));
  await gateway.setUp(within('new'));
  cpSync(within('new'), within('used'), { recursive: true });
  await gateway.seed({ outTradeNo: 'the-first' });
  const first = await runCommand(tools, within('used'), [
    'cancel',
    'the-first',
    '--paid-at',
    secondsAgo(20),
    '--reason-code',
    'duplicate',
  ]);
  if (first.exitCode !== 0) throw new Error(first.said);
  mkdirSync(within('terminals'));
  return {
    tools,
    gateway,
    terminal(kind, name) {
      const profile = within(join('terminals', name));
      cpSync(within(kind), profile, { recursive: true });
      return profile;
    },
    remove(profile) {
      rmSync(profile, { recursive: true, force: true });
    },
    close: () => gateway.stop(),
  };
}
