/**
 * `npm run proof -- [part ...]`: measures the named parts of the proof, or all. After each part it writes the figures
 * to shared/proof.json and test/README.md. `--stale` measures only the parts whose code has changed since, or that have
 * no figures. `--table` measures nothing and makes that page's table again, without the figures of changed code.
 * `--check` names those parts and exits with 1. Nothing else writes figures.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { partCommands, partNames, proofSchema, type PartName, type Proof } from '../shared/proof.ts';
import { changedSince, commitToMeasure, gitState } from './git-state.ts';
import { coverageOf, hashOf, stalePartsOf } from './proof/proof-covers.ts';
import { whyDue } from './proof/proof-due.ts';
import { measurePart, type Ended } from './proof/proof-run.ts';
import { PROOF_MARKS, withTable } from './proof/proof-table.ts';
import { root } from './run.ts';

const PROOF = 'shared/proof.json';

const say = (line: string): void => {
  console.log(line);
};

async function main(): Promise<number> {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    options: { table: flag, check: flag, stale: flag },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => !isPart(name));
  if (unknown.length > 0) {
    say(`There is no part ${unknown.join(', ')}. The parts are: ${partNames.join(', ')}.`);
    return 2;
  }
  const proof = proofSchema.parse(JSON.parse(readFileSync(join(root, PROOF), 'utf8')));
  if (values.table) {
    await writeTable(proof);
    return 0;
  }
  const stale = await stalePartsOf(proof);
  const due = partNames.filter((name) => proof[name] === undefined || stale.includes(name));
  if (values.check) {
    for (const line of whyDue(proof, {
      due,
      filesOf: (part) => coverageOf(part).files,
      changedSince: (commit) => changedSince(root, commit),
    }))
      say(line);
    if (due.length === 0) say('Every figure was measured on the code that is here.');
    return due.length === 0 ? 0 : 1;
  }
  const wanted = values.stale ? due : partNames;
  return measure(positionals.length === 0 ? wanted : partNames.filter((name) => positionals.includes(name)), proof);
}

const isPart = (name: string): name is PartName => partNames.some((known) => known === name);

async function measure(parts: readonly PartName[], stored: Proof): Promise<number> {
  const commit = commitToMeasure(gitState(root), [PROOF, PROOF_MARKS.page]);
  if (!commit.ok) {
    say(commit.error);
    say('so there is no commit to measure, and nothing was run. Each command can be run alone.');
    return 1;
  }
  const today = new Date().toISOString().slice(0, 10);
  const circumstances = { commit: commit.value, date: today, node: process.version, cores: availableParallelism() };
  let proof = stored;
  const failed: PartName[] = [];
  for (const part of parts) {
    const limitMs = partCommands[part].limitMinutes * 60_000;
    const next = await measurePart(part, proof, {
      runScript: (script, args) => runScript(script, args, limitMs),
      circumstances,
      hashOf,
      say,
    });
    if (next === null) failed.push(part);
    else {
      proof = next;
      // After each part, because the next one may run for an hour.
      writeFileSync(join(root, PROOF), `${JSON.stringify(proof, null, 2)}\n`);
      await writeTable(proof);
    }
  }
  say(failed.length === 0 ? '\nMeasured and stored.' : `\nNot stored: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

async function writeTable(proof: Proof): Promise<void> {
  const path = join(root, PROOF_MARKS.page);
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), proof, await stalePartsOf(proof)));
}

/** Ends the script, and everything that it has started, after `limitMs`. */
function runScript(script: string, args: readonly string[], limitMs: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32';
    const child = spawn('npm', ['run', '--loglevel=error', script, '--', ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      // On Windows npm is a shell script.
      shell: windows,
      // A process group of its own, so that all of it can be ended together.
      detached: !windows,
    });
    const end = (): void => {
      if (child.pid === undefined) return;
      if (windows) child.kill();
      else process.kill(-child.pid, 'SIGTERM');
    };
    const timer = setTimeout(() => {
      say(`${script}: ended after ${String(limitMs / 60_000)} min`);
      end();
    }, limitMs);
    const interrupted = (): void => {
      end();
      process.exit(1);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    let lastLine = '';
    createInterface(child.stdout).on('line', (line) => {
      say(line);
      if (line.trim() !== '') lastLine = line;
    });
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      resolve({ exitCode: exitCode ?? 1, lastLine });
    });
  });
}

process.exitCode = await main();
