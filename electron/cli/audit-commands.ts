/** `facepay audit verify` and `facepay audit export`. Both look at the journal as it lies there, and write down that they did. */
import { closeSync, createReadStream, fsyncSync, openSync, writeSync } from 'node:fs';
import { beijingTime } from '../../shared/beijing.ts';
import { fail, type Result } from '../../shared/result.ts';
import { environmentOf, type Environment } from '../../shared/settings.ts';
import { knownAuditKey, noteAtOnce } from '../app/audit/audit-trail.ts';
import { fileTroubleOf, removeIfPossible, type FileTrouble } from '../base/safe-file.ts';
import { verifyJournal, type AuditProblem } from '../orders/audit/audit-file.ts';
import { ExportReader, isoTime } from '../orders/audit/audit-export.ts';
import type { Point } from '../orders/journal/chain.ts';
import type { AuditKey } from '../orders/journal/chain-key.ts';
import type { FindingKind, Verdict } from '../orders/audit/audit-verdict.ts';
import type { Act } from '../orders/machine/event.ts';
import type { Command } from './arguments.ts';
import { findingWords } from './audit-words.ts';
import { notNoted, problem, storeOf, type Terminal } from './commands.ts';
import { EXIT, type ExitCode } from './output.ts';
import { atTerminal } from './session.ts';

interface JournalSource {
  readonly environment: Environment;
  readonly path: string;
  readonly key: AuditKey | null;
}

/** Exit 0: the audit trail is as it was written; 4: it is not; 2: it could not be read. */
export async function audit(terminal: Terminal, { act, file }: Extract<Command, { name: 'audit' }>): Promise<ExitCode> {
  const { profile } = terminal;
  const settings = storeOf(terminal).settings();
  if (!settings.ok) return problem(terminal, profile.settings, settings.error);
  const { merchant } = settings.value;
  const environment = merchant === null ? 'practice' : environmentOf(merchant);
  const source = { environment, path: profile.journal(environment), key: knownAuditKey(profile) };
  if (act === 'export') return exported(terminal, source, file);
  return file === null ? verified(terminal, source) : verifiedExport(terminal, source, file);
}

function verified(terminal: Terminal, source: JournalSource): ExitCode {
  const result = verifyJournal(source.path, source.key);
  if (!result.ok) return problem(terminal, source.path, result.error);
  noted(terminal, source, result.value, 'audit-verified', null);
  return printVerdict(terminal, result.value);
}

/** A clock that was wrong may have written any number. */
const timeText = (ms: number | null): string => (ms === null || isoTime(ms) === null ? '?' : beijingTime(ms));

function printVerdict({ output }: Terminal, verdict: Verdict): ExitCode {
  const { entries, beforeChain, findings } = verdict;
  const [from, to] = [verdict.fromMs, verdict.toMs].map((ms) => (ms === null ? null : isoTime(ms)));
  const fields = { entries, beforeChain, from, to, head: headOf(verdict) };
  const worded = findings.map((found) => ({ ...found, message: findingWords(found) }));
  const [since, until] = [verdict.fromMs, verdict.toMs].map(timeText);
  const span = entries === 0 ? '' : `, from ${since ?? '?'} to ${until ?? '?'}`;
  const early = beforeChain === 0 ? '' : ` (${String(beforeChain)} from before the chain, covered as a whole)`;
  const lines = worded.length === 0 ? ['All as they were written.'] : worded.map(({ message }) => message);
  output.say([`Audit trail: ${String(entries)} entries${early}${span}.`, ...lines].join('\n'), {
    type: 'audit',
    ok: worded.length === 0,
    ...fields,
    first: worded[0] ?? null,
    findings: worded,
  });
  return worded.length === 0 ? EXIT.cancelled : EXIT.needsManager;
}

const headOf = ({ end }: Verdict): object | null =>
  end === null ? null : { seq: end.seq, mac: Buffer.from(end.mac).toString('hex') };

function exported(terminal: Terminal, source: JournalSource, file: string | null): ExitCode {
  const { output } = terminal;
  const { path, key } = source;
  if (file === null) {
    const result = verifyJournal(path, key, (trail) => {
      for (const line of trail.lines()) output.line(line.trimEnd());
    });
    if (!result.ok) return problem(terminal, path, result.error);
    if (unreadable(result.value)) return printVerdict(terminal, result.value);
    noted(terminal, source, result.value, 'audit-exported', null);
    return result.value.findings.length === 0 ? EXIT.cancelled : EXIT.needsManager;
  }
  const target = newFile(file);
  if (typeof target === 'string') return problem(terminal, file, target);
  const result = intoFile(target, source);
  closeSync(target);
  if (!result.ok || unreadable(result.value)) removeIfPossible(file);
  if (!result.ok) return problem(terminal, result.error.of === 'file' ? file : path, result.error.code);
  if (!unreadable(result.value)) {
    noted(terminal, source, result.value, 'audit-exported', file);
    output.say(`Exported ${String(result.value.entries)} entries to ${file}.`, {
      type: 'audit-export',
      file,
      entries: result.value.entries,
    });
  }
  return printVerdict(terminal, result.value);
}

type ExportFailure =
  { readonly of: 'file'; readonly code: FileTrouble } | { readonly of: 'journal'; readonly code: AuditProblem };

function intoFile(target: number, { path, key }: JournalSource): Result<Verdict, ExportFailure> {
  try {
    const result = verifyJournal(path, key, (trail) => {
      writeLines(target, trail.lines());
    });
    return result.ok ? result : fail({ of: 'journal', code: result.error });
  } catch (error) {
    const code = fileTroubleOf(error);
    if (code === null) throw error;
    return fail({ of: 'file', code });
  }
}

/** Nothing could be read, so there was nothing to export. */
const unreadable = ({ entries, findings }: Verdict): boolean => entries === 0 && findings.length > 0;

/** A new file for this user only; otherwise why it could not be created. */
function newFile(file: string): number | string {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') return 'file-exists';
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'folder-not-found';
    const trouble = fileTroubleOf(error);
    if (trouble === null) throw error;
    return trouble;
  }
}

const CHUNK_CHARACTERS = 65_536;

function writeLines(file: number, lines: Iterable<string>): void {
  let waiting = '';
  for (const line of lines) {
    waiting += line;
    if (waiting.length < CHUNK_CHARACTERS) continue;
    writeSync(file, waiting);
    waiting = '';
  }
  writeSync(file, waiting);
  fsyncSync(file);
}

async function verifiedExport(terminal: Terminal, { path, key }: JournalSource, file: string): Promise<ExitCode> {
  if (key === null) return problem(terminal, terminal.profile.deviceSecret, 'missing');
  const read = await readExport(file, key);
  if (typeof read === 'string') return found(terminal, file, read);
  let holds = read.head === null;
  const result = verifyJournal(path, key, (trail) => {
    holds ||= read.head !== null && trail.holds(read.head);
  });
  if (!result.ok) return problem(terminal, path, result.error);
  if (!holds) return found(terminal, file, 'export-not-held');
  terminal.output.say(`${file}: as it was exported, and the journal still holds it.`, {
    type: 'audit-export',
    file,
    ok: true,
  });
  return printVerdict(terminal, result.value);
}

function found(terminal: Terminal, file: string, code: string): ExitCode {
  problem(terminal, file, code);
  return code === 'export-edited' || code === 'export-not-held' ? EXIT.needsManager : EXIT.badInput;
}

async function readExport(file: string, key: AuditKey): Promise<{ readonly head: Point | null } | string> {
  const reader = new ExportReader();
  try {
    for await (const line of linesOf(file)) reader.take(line);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return 'file-unreadable';
  }
  const end = reader.end(key);
  return 'problem' in end ? end.problem : end;
}

const LINE_END = 10;

/** By byte: a line of JSON may contain characters that readline takes for line ends. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(LINE_END); to >= 0; to = chunk.indexOf(LINE_END, from)) {
      yield Buffer.concat([...begun, chunk.subarray(from, to)]);
      begun = [];
      from = to + 1;
    }
    begun.push(chunk.subarray(from));
  }
  const rest = Buffer.concat(begun);
  if (rest.byteLength > 0) yield rest;
}

const NOT_TO_BE_OPENED: readonly FindingKind[] = ['damaged', 'no-key', 'journal-missing'];

/** Records that somebody looked. It neither starts a missing journal for this nor touches a damaged one. */
function noted(
  terminal: Terminal,
  { environment }: JournalSource,
  verdict: Verdict,
  act: Act,
  about: string | null,
): void {
  const { entries, findings } = verdict;
  if (entries === 0 || findings.some(({ kind }) => NOT_TO_BE_OPENED.includes(kind))) return;
  const event = { type: 'noted', act, outcome: findings[0]?.kind ?? 'ok', about: about?.slice(-200) ?? null } as const;
  if (!noteAtOnce(terminal.profile, environment, terminal.clock.read().wallMs, atTerminal(), event)) notNoted(terminal);
}
