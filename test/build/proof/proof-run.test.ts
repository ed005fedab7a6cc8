import { describe, expect, test } from 'vitest';
import { measurePart, type Ended } from '../../../build/proof/proof-run.ts';
import type { Proof } from '../../../shared/proof.ts';

const circumstances = { commit: 'abc1234', date: '2026-11-24', node: 'v24.21.0', cores: 2 };
const figures = {
  tamperings: 10_000,
  found: 10_000,
  missed: 0,
  falseAlarms: 0,
  verifyEntries: 100_000,
  verifySeconds: 1.25,
};
const before: Proof = {
  soak: {
    command: 'npm run soak -- --cancels 20000',
    figures: {
      cancels: 100_000,
      heapGrowthPercent: -0.5,
      handlesAfterWarmUp: 12,
      handlesAtEnd: 12,
      journalBytesPerCancel: 4_000,
    },
    covers: '0'.repeat(64),
    ...circumstances,
    commit: '0000000',
  },
};

const COVERS = 'a'.repeat(64);

/** Measures `audit` with a command that ends like this. */
async function measured(
  ended: Ended,
  hashes = [COVERS, COVERS],
): Promise<{ proof: Proof | null; said: string; ran: string }> {
  const said: string[] = [];
  const ran: string[] = [];
  const proof = await measurePart('audit', before, {
    runScript: (script, args) => {
      ran.push(script, ...args);
      return Promise.resolve(ended);
    },
    circumstances,
    hashOf: (part) => Promise.resolve(`${part} ${String(hashes.shift())}`.slice(-64)),
    say: (line) => said.push(line),
  });
  return { proof, said: said.join('\n'), ran: ran.join(' ') };
}

const line = (printed: object): string => JSON.stringify({ figures: printed });

describe('measuring a part', () => {
  test('runs the command that a person types, asks it for JSON, and stores its figures with when and where', async () => {
    const { proof, ran } = await measured({ exitCode: 0, lastLine: line(figures) });
    expect(ran).toBe('tamper --times 10000 --json');
    expect(proof).toEqual({
      ...before,
      audit: { command: 'npm run tamper -- --times 10000', figures, covers: COVERS, ...circumstances },
    });
  });

  test('stores nothing where the code has changed while it was measured', async () => {
    const { proof, said } = await measured({ exitCode: 0, lastLine: line(figures) }, [COVERS, 'b'.repeat(64)]);
    expect(proof).toBeNull();
    expect(said).toContain('changed while');
  });

  test('drops a figure that the schema does not know, and says so', async () => {
    const { proof, said } = await measured({ exitCode: 0, lastLine: line({ ...figures, mood: 'good' }) });
    expect(proof?.audit?.figures).toEqual(figures);
    expect(said).toContain('mood');
  });

  test.each<[why: string, ended: Ended, says: string]>([
    ['the command fails, whatever it printed', { exitCode: 1, lastLine: line(figures) }, 'ended with 1'],
    ['a figure is missing', { exitCode: 0, lastLine: line({ ...figures, missed: undefined }) }, 'audit.figures.missed'],
    ['a count is no count', { exitCode: 0, lastLine: line({ ...figures, found: -1 }) }, 'audit.figures.found'],
    ['a figure is a word', { exitCode: 0, lastLine: line({ ...figures, found: 'all' }) }, 'audit.figures.found'],
    ['the last line is a report', { exitCode: 0, lastLine: 'all 10000 found' }, 'last line'],
    ['nothing was printed', { exitCode: 0, lastLine: '' }, 'last line'],
    ['the figures are not under their name', { exitCode: 0, lastLine: JSON.stringify(figures) }, 'last line'],
  ])('stores nothing where %s', async (_why, ended, says) => {
    const { proof, said } = await measured(ended);
    expect(proof).toBeNull();
    expect(said).toContain(says);
  });
});
