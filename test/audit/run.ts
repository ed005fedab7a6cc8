/**
 * `npm run tamper -- [--times N] [--seed S] [--json]`: tampers with journals and runs the verification each time. It
 * also verifies untouched journals, and measures the cost of the chain. Ends with 1 if a tampering was missed or an
 * untouched journal was accused. Seconds are reported and decide nothing: they are this machine's, on this day.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { appendCost, verifyCost } from './speed.ts';
import { falseAlarms, tamper } from './tamper.ts';

const VERIFY_ENTRIES = 100_000;
const APPEND_TURNS = 1_000;

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '10000' },
    untouched: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const folder = mkdtempSync(join(tmpdir(), 'facepay-tamper-'));
const startMs = performance.now();

const { tamperings, found, missed, kinds, words } = tamper(Number(values.times), seed, folder);
console.log(
  `Seed ${String(seed)}: ${String(tamperings)} tamperings, ${String(found)} found, ${String(missed.length)} missed.`,
);
for (const [kind, times] of Object.entries(kinds).sort()) console.log(`  ${String(times).padStart(6)}  ${kind}`);
console.log(`What the verification said first: ${JSON.stringify(words)}`);
for (const miss of missed.slice(0, 20)) console.log(`MISSED ${miss}`);

const untouched = Number(values.untouched);
const alarms = falseAlarms(untouched, seed, folder);
console.log(`${String(untouched)} untouched journals, some left by crashes: ${String(alarms.length)} false alarms.`);
for (const alarm of alarms.slice(0, 20)) console.log(`FALSE ALARM ${alarm}`);

const { seconds, cpuSeconds } = verifyCost(VERIFY_ENTRIES, folder);
console.log(
  `${String(VERIFY_ENTRIES)} entries verified in ${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of a core.`,
);
const cost = appendCost(APPEND_TURNS, folder);
console.log(
  `One commit: ${cost.withChain.toFixed(0)} us with the chain, ${cost.without.toFixed(0)} us without; without fsync the chain adds ${cost.overhead.toFixed(0)} us.`,
);
rmSync(folder, { recursive: true, force: true });

const figures = {
  seed,
  tamperings,
  found,
  missed: missed.length,
  untouched,
  falseAlarms: alarms.length,
  verifyEntries: VERIFY_ENTRIES,
  verifySeconds: Number(seconds.toFixed(3)),
  verifyCpuSeconds: Number(cpuSeconds.toFixed(3)),
  appendMicros: Math.round(cost.withChain),
  appendWithoutChainMicros: Math.round(cost.without),
  appendOverheadMicros: Math.round(cost.overhead),
  seconds: Math.round((performance.now() - startMs) / 1_000),
};
if (values.json) console.log(JSON.stringify({ figures }));
process.exitCode = missed.length + alarms.length > 0 ? 1 : 0;
