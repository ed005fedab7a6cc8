/**
 * What is fast, and how fast, side by side: `npm run bench` for all parts, `npm run bench -- call codec` for some, `npm
 * run bench -- memory=10000` for more than the usual number of orders. Prints a report in Markdown; what it is doing
 * goes to the error output. With `--write` each part's report is also stored in test/bench/figures.json and shown by
 * test/bench/README.md. Parts that run the app need `npm run bundle` and the stand-in's Chromium, or Electron. Asserts
 * nothing: a slow machine is no fault.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { commitToMeasure, gitState } from '../../build/git-state.ts';
import { root } from '../../build/run.ts';
import { burstPart } from './parts/burst.ts';
import { callPart } from './parts/call.ts';
import { codecPart } from './parts/codec.ts';
import { exportsPart } from './parts/exports.ts';
import { idlePart } from './parts/idle.ts';
import { listPart } from './parts/list.ts';
import { memoryPart } from './parts/memory.ts';
import { ordersPart } from './parts/orders.ts';
import { startPart } from './parts/start.ts';
import { tapPart } from './parts/tap.ts';
import { BENCH_MARKS, FIGURES, store, storedFigures, withPart, type StoredPart } from './stored.ts';

const parts = {
  call: ['The reverse call', callPart],
  codec: ['Sign and write, read and verify', codecPart],
  tap: ['A finger on "cancel"', () => tapPart()],
  start: ['The start', () => startPart()],
  idle: ['Nobody touches it', () => idlePart()],
  orders: ['A million orders', (orders) => ordersPart(orders === undefined ? undefined : [orders])],
  list: ['The list of them on the screen', (orders) => listPart(orders === undefined ? undefined : [orders])],
  exports: ['Tables and bills', (orders) => exportsPart(orders === undefined ? undefined : [orders])],
  burst: ['A thousand cancels at the start', burstPart],
  memory: ['Memory', memoryPart],
} satisfies Record<string, readonly [title: string, measure: (orders?: number) => Promise<string>]>;
type Part = keyof typeof parts;
const isPart = (name: string): name is Part => Object.hasOwn(parts, name);

/** `burst`, or `burst=200`: a part and how many orders it takes. */
interface Wish {
  readonly name: string;
  readonly orders: number | undefined;
}

const wishOf = (argument: string): Wish => {
  const [name = '', count] = argument.split('=');
  return { name, orders: count === undefined ? undefined : Number(count) };
};

const isWrong = ({ name, orders = 1 }: Wish): boolean => !isPart(name) || !Number.isInteger(orders) || orders < 1;

/**
 * The machine and the commit, which every figure is shown with. `null`, with words, where there is no commit that a
 * figure could belong to.
 */
function circumstances(): Omit<StoredPart, 'title' | 'command' | 'report' | 'note'> | null {
  const commit = commitToMeasure(gitState(root), [FIGURES, BENCH_MARKS.page]);
  if (!commit.ok) {
    say(`${commit.error}, so there is no commit to measure, and nothing was run. Without --write any part can be run.`);
    return null;
  }
  return { commit: commit.value, date: today(), node: process.version, cores: cpus().length, cpu: CPU };
}

const CPU = cpus()[0]?.model.trim() ?? '?';
const today = (): string => new Date().toISOString().slice(0, 10);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const typed = (arguments_: readonly string[]): string =>
  `npm run bench${arguments_.length === 0 ? '' : ` -- ${arguments_.join(' ')}`}`;

/** The exit code: 2 for an unknown part, 1 if the figures could not be written. */
async function bench(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { write: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const wished = positionals.map(wishOf);
  const wrong = wished.filter(isWrong);
  if (wrong.length > 0) {
    say(
      `no such part: ${wrong.map(({ name }) => name).join(', ')}. There are: ${Object.keys(parts).join(', ')}; burst, memory, orders, list and exports take a whole number, as in memory=10000`,
    );
    return 2;
  }
  const measuredOn = values.write ? circumstances() : null;
  if (values.write && measuredOn === null) return 1;
  process.stdout.write(
    `# How fast\n\n${today()}, Node ${process.version}, ${String(cpus().length)} cores (${CPU}). \`${typed(positionals)}\`\n`,
  );
  const names = Object.keys(parts)
    .filter(isPart)
    .filter((part) => wished.length === 0 || wished.some(({ name }) => name === part));
  for (const name of names) {
    const [title, measure] = parts[name];
    say(`measuring: ${name}`);
    const startMs = performance.now();
    const orders = wished.find((one) => one.name === name)?.orders;
    const report = await measure(orders);
    process.stdout.write(`\n## ${title}\n\n${report}\n`);
    say(`measured: ${name}, ${((performance.now() - startMs) / 1_000).toFixed(0)} s`);
    // After each part, because the next one may run for a long time.
    if (measuredOn !== null) {
      const command = typed([orders === undefined ? name : `${name}=${String(orders)}`]);
      store(
        root,
        withPart(
          storedFigures(root),
          name,
          { title, command, ...measuredOn, report: report.split('\n') },
          Object.keys(parts),
        ),
      );
    }
  }
  return 0;
}

process.exitCode = await bench();
