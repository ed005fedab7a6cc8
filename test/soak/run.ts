/**
 * `npm run soak -- [--cancels N] [--seed S] [--speed-up N] [--json]`: N cancels (2,000) through the real services:
 * engine, SQLite journal on disk, signed calls over mutual TLS to a practice gateway in another process. Exits with 1
 * where a cancel ended otherwise than it must, or memory or handles grew.
 *
 * What is compressed: the orders were paid an hour ago, so that no window has to be waited for, and the product's waits
 * (2, 4, 8 s between attempts and so on) pass a hundred times as fast, or as `--speed-up` says. Deadlines of calls are
 * on the same clock, so they are set to the longest that the settings allow, which leaves 600 ms of real time; a call
 * that takes longer counts as unanswered and is made again, as in life.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { soak, type Tenth } from './soak.ts';
import { verdictOn } from './verdict.ts';

const { values } = parseArgs({
  options: {
    cancels: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    'speed-up': { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
  },
});

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;

function show({
  done,
  seconds,
  heapBytes,
  residentBytes,
  handles,
  descriptors,
  journalBytes,
  gatewayBytes,
}: Tenth): void {
  const parts = [
    `${String(done).padStart(7)} cancels`,
    `${seconds.toFixed(0).padStart(5)} s`,
    `heap ${megabytes(heapBytes)}`,
    `resident ${megabytes(residentBytes)}`,
    `handles ${JSON.stringify(handles)}`,
    `descriptors ${String(descriptors)}`,
    `journal ${megabytes(journalBytes)}`,
    `gateway ${megabytes(gatewayBytes)}`,
  ];
  console.log(parts.join('  '));
}

async function main(): Promise<void> {
  const cancels = Number(values.cancels);
  const seed = Number(values.seed);
  const speedUp = Number(values['speed-up']);
  if (
    !Number.isInteger(cancels) ||
    cancels < 10 ||
    !Number.isInteger(seed) ||
    seed < 0 ||
    !(speedUp >= 1 && speedUp <= 1_000)
  ) {
    throw new Error('--cancels wants a number of 10 or more, --seed one of 0 or more, --speed-up one from 1 to 1000');
  }
  console.log(`${String(cancels)} cancels, seed ${String(seed)}, waits ${String(speedUp)} times as fast as in life`);
  const { violations, figures } = verdictOn(await soak(cancels, seed, speedUp, show));
  for (const [name, value] of Object.entries(figures)) console.log(`  ${name}: ${String(value)}`);
  for (const violation of violations) console.error(`VIOLATION: ${violation}`);
  console.log(
    violations.length === 0
      ? 'Every cancel ended as it must; nothing was held on to.'
      : `${String(violations.length)} violations`,
  );
  if (values.json) console.log(JSON.stringify({ figures }));
  process.exitCode = violations.length === 0 ? 0 : 1;
}

/** The heap can be measured only after a collection, and triggering one needs a switch of Node's. */
async function again(): Promise<void> {
  const child = spawn(process.execPath, ['--expose-gc', ...process.argv.slice(1)], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  process.exitCode = code ?? 1;
}

await (globalThis.gc === undefined ? again() : main());
