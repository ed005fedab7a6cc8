/**
 * A sample of what `npm run damage` does to a whole profile: every file and harm with commands that only read, some of
 * them with the app.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LONG, partWords, sliceOf } from '../support/slice.ts';
import { fileHarmsOf, judgedCommand, judgedStart, openProfile, wordOfFile, type LivingProfile } from './profile.ts';

let folder: string;
let living: LivingProfile;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-damage-'));
  living = await openProfile(folder);
});
afterAll(async () => {
  await living.close();
  rmSync(folder, { recursive: true, force: true });
});

const LOOKING = [
  ['orders', '--stuck'],
  ['audit', 'verify'],
];

/** A part does one harm in this many. */
const EVERY_HARM = 6;

/** Each command waits 5 s for a journal that another program has locked; only `npm run damage` does that. */
const waits = (file: string, how: string): boolean => how === 'held' && file.endsWith('.sqlite');

test(`whatever file of a profile is harmed, a command that looks ends with an exit code and a named problem, and changes nothing that is damaged (${partWords})`, async () => {
  const wrong: string[] = [];
  const harms = fileHarmsOf(living).filter(({ file, how }) => !waits(file, how));
  for (const harm of sliceOf('harms to commands', harms, EVERY_HARM)) {
    for (const args of harm.how === 'unreadable' || harm.how === 'empty' ? LOOKING : LOOKING.slice(0, 1)) {
      wrong.push(
        ...(await judgedCommand(living, harm, args, join(folder, 'scratch'))).map(
          (what) => `${wordOfFile(harm)}, ${args.join(' ')}: ${what}`,
        ),
      );
    }
  }
  expect(wrong).toEqual([]);
});

test(`whatever file of a profile is overwritten or cannot be read, the app starts or names what keeps it (${partWords})`, async () => {
  const wrong: string[] = [];
  const harms = sliceOf(
    'harms to the app',
    fileHarmsOf(living).filter(({ how }) => how === 'overwritten' || how === 'unreadable'),
    EVERY_HARM,
  );
  for (const harm of harms)
    wrong.push(
      ...(await judgedStart(living, harm, join(folder, 'scratch'))).map((what) => `${wordOfFile(harm)}: ${what}`),
    );
  expect(wrong).toEqual([]);
  expect(harms.length).toBeGreaterThan(LONG ? 10 : 1);
});
