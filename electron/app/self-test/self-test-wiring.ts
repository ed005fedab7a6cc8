/** What the self-test needs from the running app: its practice gateway, its threads, its screen, its printer. */
import { join } from 'node:path';
import type { Host } from '../../../shared/ipc.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Surroundings } from '../../updates/update-settings.ts';
import type { Note } from '../core/handler.ts';
import type { Profile } from '../settings/profile.ts';
import type { RunningTerminal } from '../core/running-terminal.ts';
import type { SelfTestService } from './self-test-handlers.ts';
import { hostCheck } from './host-check.ts';
import { inspectJournalWith } from './journal-thread.ts';
import { selfTestService, type SelfTestServiceParts } from './self-test-service.ts';
import { practiceTarget } from './target.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

export interface SelfTestWiringParts extends Pick<SelfTestServiceParts, 'onLine' | 'scanner'> {
  readonly profile: Profile;
  readonly store: SettingsStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly running: RunningTerminal;
  readonly version: string;
  readonly host: Host;
  readonly surroundings: Surroundings;
  /** The folder of main's bundle and its thread scripts. */
  readonly threads: string;
  readonly note: Note;
  /** Prints the report that the screen shows, or writes it into a PDF file of this name. */
  readonly print: (onto: 'printer' | 'pdf', fileName: string) => ReturnType<SelfTestService['print']>;
}

export function wireSelfTest({ host, running, threads, note, print, ...parts }: SelfTestWiringParts): SelfTestService {
  return selfTestService({
    ...parts,
    host: hostCheck(host, process.versions.node),
    inspectJournal: inspectJournalWith(join(threads, 'journal-worker.js')),
    practice: async () => {
      const opened = await running.opening;
      return opened.ok ? practiceTarget(opened.value) : null;
    },
    faceTrouble: async () => {
      const opened = await running.opening;
      return opened.ok ? opened.value.faceTrouble() : null;
    },
    note: (caller, outcome) => {
      note(caller, 'self-test-run', outcome, null);
    },
    print: (onto) =>
      print(onto, `facepay-self-test-${new Date(parts.clock.read().wallMs).toISOString().slice(0, 10)}.pdf`),
  });
}
