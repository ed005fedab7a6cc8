/**
 * What is fast, and how fast, side by side: `npm run bench` for all parts, `npm run bench -- call codec` for some. Prints a
 * report in Markdown; what it is doing goes to the error output. Asserts nothing: a slow machine is no fault.
 */
import { cpus } from 'node:os';
import { callPart } from './part-call.ts';
import { ordersPart } from './part-orders.ts';
import { codecPart } from './part-codec.ts';

const parts = {
  call: ['The reverse call', callPart],
  codec: ['Sign and write, read and verify', codecPart],
  orders: ['A million orders', () => ordersPart()],
} as const;
type Part = keyof typeof parts;
const isPart = (name: string): name is Part => Object.hasOwn(parts, name);

const wished = process.argv.slice(2);
const unknown = wished.filter((name) => !isPart(name));
if (unknown.length > 0) {
  process.stderr.write(`no such part: ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}\n`);
  process.exit(2);
}
const names = Object.keys(parts).filter(isPart).filter((name) => wished.length === 0 || wished.includes(name));

process.stdout.write(`# How fast\n\n${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${String(cpus().length)} cores (${cpus()[0]?.model.trim() ?? '?'}). \`npm run bench${wished.length === 0 ? '' : ` -- ${names.join(' ')}`}\`\n`);
for (const name of names) {
  const [title, measure] = parts[name];
  process.stderr.write(`measuring: ${name}\n`);
  const startMs = performance.now();
  const text = await measure();
  process.stdout.write(`\n## ${title}\n\n${text}\n`);
  process.stderr.write(`measured: ${name}, ${((performance.now() - startMs) / 1_000).toFixed(0)} s\n`);
}
