/**
 * What is fast, and how fast, side by side: `npm run bench` for all parts, `npm run bench -- call codec` for some, `npm run
 * bench -- memory=10000` for more than the usual number of orders. Prints a report in Markdown; what it is doing goes to the
 * error output. Parts that run the app need `npm run bundle` and the stand-in's Chromium, or Electron. Asserts nothing: a slow machine is no fault.
 */
import { cpus } from 'node:os';
import { burstPart } from './part-burst.ts';
import { callPart } from './part-call.ts';
import { codecPart } from './part-codec.ts';
import { exportsPart } from './part-exports.ts';
import { idlePart } from './part-idle.ts';
import { listPart } from './part-list.ts';
import { memoryPart } from './part-memory.ts';
import { ordersPart } from './part-orders.ts';
import { startPart } from './part-start.ts';
import { tapPart } from './part-tap.ts';

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
const wished = process.argv.slice(2).map((argument) => {
  const [name = '', count] = argument.split('=');
  return { name, orders: count === undefined ? undefined : Number(count) };
});
const wrong = wished.filter(({ name, orders = 1 }) => !isPart(name) || !Number.isInteger(orders) || orders < 1);
if (wrong.length > 0) {
  process.stderr.write(`no such part: ${wrong.map(({ name }) => name).join(', ')}. There are: ${Object.keys(parts).join(', ')}; burst, memory, orders, list and exports take a whole number, as in memory=10000\n`);
  process.exit(2);
}
const names = Object.keys(parts).filter(isPart).filter((part) => wished.length === 0 || wished.some(({ name }) => name === part));

process.stdout.write(`# How fast\n\n${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${String(cpus().length)} cores (${cpus()[0]?.model.trim() ?? '?'}). \`npm run bench${wished.length === 0 ? '' : ` -- ${process.argv.slice(2).join(' ')}`}\`\n`);
for (const name of names) {
  const [title, measure] = parts[name];
  process.stderr.write(`measuring: ${name}\n`);
  const startMs = performance.now();
  const text = await measure(wished.find((one) => one.name === name)?.orders);
  process.stdout.write(`\n## ${title}\n\n${text}\n`);
  process.stderr.write(`measured: ${name}, ${((performance.now() - startMs) / 1_000).toFixed(0)} s\n`);
}
