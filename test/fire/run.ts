/**
 * `npm run fire -- [--replies N] [--seed S] [--from I] [--json]`: every fault of the tables once, a call cut off at
 * every seventh byte in each direction, and N mutated replies (100,000). Exits with 1 on any violation; for a reply
 * that was judged wrongly it prints the command that makes it again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addressFaults } from './address-faults.ts';
import { cutEverywhere } from './cut-everywhere.ts';
import { makeCertificates, underFire } from './fire-world.ts';
import { httpFaults } from './http-faults.ts';
import { lineFaults } from './line-faults.ts';
import { fireReplies } from './mutated-replies.ts';
import { saidFaults } from './said-faults.ts';
import { tlsFaults } from './tls-faults.ts';

const CUT_EACH_BYTES = 7;

const { values } = parseArgs({
  options: {
    replies: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    from: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
  },
});

function numberOf(name: 'replies' | 'seed' | 'from'): number {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} wants a whole number, not "${values[name]}"`);
  return value;
}

async function main(): Promise<void> {
  const startedMs = performance.now();
  const replies = numberOf('replies');
  const seed = numberOf('seed');
  const from = numberOf('from');
  const violations: string[] = [];
  // A single reply is made again to be examined: then the network faults are left out.
  const faults = replies < 100 ? { faults: 0, cuts: 0 } : await fireFaults(violations, seed);
  const report = await fireReplies(replies, seed, from);
  violations.push(...report.wrong);
  for (const [name, count] of [...report.made].sort(([, a], [, b]) => b - a))
    console.log(`  ${String(count).padStart(7)}  ${name}`);
  const { seconds: replySeconds, ...replyFigures } = report.figures;
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  const figures = { ...faults, ...replyFigures, violations: violations.length, replySeconds, seconds, seed };
  console.log(
    Object.entries(figures)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', '),
  );
  for (const violation of violations) console.error(`VIOLATION: ${violation}`);
  if (values.json) console.log(JSON.stringify({ figures }));
  process.exitCode = violations.length === 0 ? 0 : 1;
}

async function fireFaults(
  violations: string[],
  seed: number,
): Promise<{ readonly faults: number; readonly cuts: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-fire-'));
  const certificates = makeCertificates(folder);
  const tables = {
    'of addresses': addressFaults,
    'on the line': lineFaults,
    'over HTTP': httpFaults,
    'in TLS': tlsFaults,
    'of what is said': saidFaults,
  };
  const all = Object.values(tables).flat();
  for (const fault of all) {
    const wrong = await underFire(fault, certificates);
    violations.push(...wrong.map((words) => `${fault.name}: ${words}`));
  }
  console.log(`${String(all.length)} faults, each once:`);
  for (const [where, faults] of Object.entries(tables)) console.log(`  ${String(faults.length).padStart(7)}  ${where}`);
  const { cuts, endings, wrong } = await cutEverywhere(certificates, CUT_EACH_BYTES, seed % CUT_EACH_BYTES);
  violations.push(...wrong);
  console.log(`${String(cuts)} calls cut off, each at another byte: ${JSON.stringify(endings)}`);
  rmSync(folder, { recursive: true, force: true });
  return { faults: all.length, cuts };
}

await main();
