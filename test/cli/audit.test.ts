/** `facepay audit`: the real command verifies and exports the trail. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  copyFileSync,
} from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { auditKeyOf } from '../../electron/app/audit/audit-trail.ts';
import { openedJournal, tamperWith, writeActs } from '../support/orders/audit-file.ts';
import { facepayHere } from '../support/command-here.ts';
import { facepay, plain, temporaryFolder, type Ended } from '../support/command.ts';

let folder: string;
let journal: string;
beforeEach(() => {
  folder = join(temporaryFolder(), 'profile');
  const profile = profileIn(folder);
  journal = profile.journal('practice');
  writeActs(journal, 6, auditKeyOf(profile));
});

const audit = (...args: readonly string[]): Promise<Ended> => facepay('audit', ...args, '--profile', folder);
const linesIn = (file: string): unknown[] => readFileSync(file, 'utf8').trimEnd().split('\n').map((line): unknown => JSON.parse(line)); // prettier-ignore
const me = `terminal:${userInfo().username}`;

describe('audit verify', () => {
  it('says how much there is and that all is well, ends with 0, and is in the trail itself', async () => {
    const first = await audit('verify');
    expect(first.last).toMatchObject({
      type: 'audit',
      ok: true,
      entries: 6,
      beforeChain: 0,
      from: '1970-01-01T00:16:40.000Z',
      head: { seq: 6 },
      first: null,
      findings: [],
    });
    expect(first.exitCode).toBe(0);
    const said = await plain('audit', 'verify', '--profile', folder);
    expect(said.out).toMatch(
      /^Audit trail: 7 entries, from 1970-01-01 08:16:40 to 20.*\nAll as they were written\.\n$/,
    );
  });

  it('names the first place that is wrong with what to do, and ends with 4', async () => {
    tamperWith(journal, "UPDATE entries SET role = 'manager' WHERE seq = 3");
    const { last, exitCode } = await audit('verify');
    expect(last).toMatchObject({
      ok: false,
      first: {
        kind: 'edited',
        seq: 3,
        message: expect.stringMatching(/^Entry 3 was changed.*tell the owner\.$/) as string,
      },
    });
    expect(exitCode).toBe(4);
    expect((await plain('audit', 'verify', '--profile', folder)).out).toContain(
      'Entry 3 was changed after it was written.',
    );
  });

  it('says that nobody can say where the device’s secret is gone, and makes no new one by looking', async () => {
    rmSync(join(folder, 'device.secret'));
    const { last, exitCode } = await audit('verify');
    expect([exitCode, last]).toMatchObject([4, { ok: false, first: { kind: 'no-key' } }]);
    expect(existsSync(join(folder, 'device.secret'))).toBe(false);
  });

  it('leaves a damaged journal where it is', async () => {
    const bytes = Buffer.from('not a database'.repeat(100));
    writeFileSync(journal, bytes);
    const { last, exitCode } = await audit('verify');
    expect([exitCode, last]).toMatchObject([4, { first: { kind: 'damaged' } }]);
    expect(readFileSync(journal).equals(bytes)).toBe(true);
  });

  it('is well with a terminal that has done nothing yet, and makes it no journal', async () => {
    folder = join(temporaryFolder(), 'new');
    expect(await audit('verify')).toMatchObject({ exitCode: 0, last: { ok: true, entries: 0 } });
    expect(existsSync(folder)).toBe(false);
  });

  it.each([[[]], [['check']], [['verify', 'more']], [['verify', '--file', '']], [['export', '--reason', 'x']]])(
    'takes no other words: %j',
    async (words) => {
      const { exitCode, last } = await facepayHere('audit', ...words, '--profile', folder);
      expect([exitCode, last?.type]).toEqual([2, 'error']);
    },
  );
});

describe('audit export', () => {
  const file = (): string => join(folder, 'trail.jsonl');

  it('writes who, in what role, what, when and how it ended, one line an entry, and closes it with a MAC', async () => {
    const { exitCode, lines } = await audit('export', '--file', file());
    expect([exitCode, lines[0]]).toMatchObject([0, { type: 'audit-export', entries: 6 }]);
    const exported = linesIn(file());
    expect(exported).toHaveLength(7);
    expect(exported[1]).toEqual({
      type: 'entry', seq: 2, at: '1970-01-01T00:16:40.001Z', who: 'screen', role: 'cashier', what: 'cancel-tapped', order: 'pos-0', outcome: 'armed', detail: null, sent: [],
      mac: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    }); // prettier-ignore
    expect(exported[6]).toMatchObject({
      type: 'end',
      count: 6,
      ok: true,
      head: { seq: 6 },
      fileMac: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('shows refused acts and those that concern no order', async () => {
    await facepay('settle', 'pos-none', '--reason', 'x', '--profile', folder);
    const key = auditKeyOf(profileIn(folder));
    const opened = openedJournal(journal, key);
    opened.note('pos-0', {
      atMs: 0,
      actor: { who: 'screen', role: 'cashier' },
      event: { type: 'noted', act: 'keep-chosen', outcome: 'nothing-to-choose', about: null },
    });
    opened.close();
    await audit('verify');
    const { lines } = await audit('export');
    expect(lines.slice(-3)).toMatchObject([
      { who: 'screen', role: 'cashier', what: 'keep-chosen', order: 'pos-0', outcome: 'nothing-to-choose' },
      { who: me, role: 'manager', what: 'audit-verified', order: null, outcome: 'ok' },
      { type: 'end', count: 8 },
    ]);
  });

  it('never writes over a file, and leaves none behind where it could not read', async () => {
    writeFileSync(file(), 'mine');
    expect(await audit('export', '--file', file())).toMatchObject({ exitCode: 2, last: { code: 'file-exists' } });
    expect(readFileSync(file(), 'utf8')).toBe('mine');
    expect(await audit('export', '--file', join(folder, 'none', 'trail'))).toMatchObject({
      exitCode: 2,
      last: { code: 'folder-not-found' },
    });
    rmSync(file());
    writeFileSync(journal, 'not a database'.repeat(100));
    expect((await audit('export', '--file', file())).exitCode).toBe(4);
    expect(existsSync(file())).toBe(false);
  });

  it('of a trail that was tampered with is written all the same, and says so', async () => {
    tamperWith(journal, "UPDATE entries SET actor = 'nobody', event = 'no JSON' WHERE seq = 3");
    const { exitCode } = await audit('export', '--file', file());
    expect(exitCode).toBe(4);
    const exported = linesIn(file());
    expect(exported[2]).toMatchObject({ seq: 3, who: 'nobody', what: 'unreadable' });
    expect(exported.at(-1)).toMatchObject({ ok: false, findings: [{ kind: 'edited', seq: 3 }] });
  });

  it('can be verified later: as it was written, and still held by the journal', async () => {
    await audit('export', '--file', file());
    expect(await audit('verify', '--file', file())).toMatchObject({
      exitCode: 0,
      lines: [
        { type: 'audit-export', ok: true },
        { type: 'audit', ok: true },
      ],
    });
    const whole = readFileSync(file(), 'utf8');
    const changed: readonly (readonly [string, number, string])[] = [
      [whole.replace('cashier', 'manager'), 4, 'export-edited'],
      [whole.replace('"count":6', '"count":5'), 4, 'export-edited'],
      [whole.split('\n').toSpliced(2, 1).join('\n'), 4, 'export-edited'],
      [whole.split('\n').slice(0, -2).join('\n'), 2, 'not-an-export'],
      ['', 2, 'not-an-export'],
      [whole.replace(/"key":"[0-9a-f]+"/, '"key":"0123456789abcdef"'), 2, 'export-of-other-key'],
    ];
    for (const [text, exitCode, code] of changed) {
      writeFileSync(file(), text);
      expect(await audit('verify', '--file', file())).toMatchObject({ exitCode, last: { code } });
    }
    expect(await audit('verify', '--file', join(folder, 'none'))).toMatchObject({
      exitCode: 2,
      last: { code: 'file-unreadable' },
    });
  });

  it('finds that a whole older copy of journal and head was put back, which the journal alone cannot tell', async () => {
    const kept = join(folder, 'kept');
    mkdirSync(kept);
    const files = [journal, `${journal}.head`];
    for (const [index, path] of files.entries()) copyFileSync(path, join(kept, String(index)));
    writeActs(journal, 4, auditKeyOf(profileIn(folder)));
    await audit('export', '--file', file());
    for (const [index, path] of files.entries()) renameSync(join(kept, String(index)), path);
    const alone = await audit('verify');
    expect([alone.exitCode, alone.last]).toMatchObject([0, { ok: true, entries: 6 }]);
    expect(await audit('verify', '--file', file())).toMatchObject({ exitCode: 4, last: { code: 'export-not-held' } });
  });
});
