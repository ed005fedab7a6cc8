/** `facepay doctor`: the self-test from a terminal. It checks and leaves everything as it is. */
import { existsSync } from 'node:fs';
import backOfficeEn from '../../shared/locales/back-office.en.json' with { type: 'json' };
import { worstOf, type SelfTestLine, type SelfTestReport } from '../../shared/self-test/self-test.ts';
import { foundWords, remedyWords } from '../../shared/self-test/self-test-words.ts';
import { noteAtOnce } from '../app/audit/audit-trail.ts';
import { terminalHost } from '../app/self-test/host-check.ts';
import { inspectionOrTrouble } from '../app/self-test/journal-inspection.ts';
import { runSelfTest } from '../app/self-test/self-test.ts';
import { fileLog, silentLog } from '../base/log.ts';
import { thisCommand } from './this-command.ts';
import { notNoted, storeOf, type Terminal } from './commands.ts';
import { EXIT, type ExitCode } from './output.ts';
import { atTerminal } from './session.ts';

const words = backOfficeEn.selfTest;

/** Exit 0: nothing failed; 5: something did. */
export async function doctor(terminal: Terminal): Promise<ExitCode> {
  const { profile, clock, output } = terminal;
  const report = await runSelfTest(
    {
      profile,
      store: storeOf(terminal),
      clock,
      // If there is no terminal yet, this check must not create one.
      log: existsSync(profile.folder) ? fileLog(profile.logs, 'facepay-command') : silentLog,
      version: thisCommand.version,
      host: terminalHost(process.versions.node),
      // Nothing else waits for this process, so the journal needs no thread of its own; Ctrl+C ends a long reading.
      inspectJournal: (folder, environment) => Promise.resolve(inspectionOrTrouble(folder, environment)),
      practice: () => Promise.resolve(null),
    },
    null,
  );
  for (const line of report.lines) output.say(lineText(line), { type: 'self-test-line', ...line, ...wordsFor(line) });
  note(terminal, report);
  const { terminal: about, atMs, tookMs } = report;
  const counts = countsOf(report.lines);
  output.say(
    `${String(counts.ok)} ok, ${String(counts.warn)} warnings, ${String(counts.fail)} failures, ${String(counts.skipped)} not looked at, in ${(tookMs / 1_000).toFixed(1)} s.`,
    {
      type: 'self-test',
      verdict: worstOf(report.lines),
      ...counts,
      at: new Date(atMs).toISOString(),
      tookMs,
      version: report.version,
      terminal: about,
    },
  );
  return counts.fail > 0 ? EXIT.faulty : EXIT.cancelled;
}

const wordsFor = (line: SelfTestLine): { readonly found: string; readonly remedy: string | null } => ({
  found: foundWords(words, line),
  remedy: remedyWords(words, line),
});

const WIDE = Math.max(...Object.values(words.check).map(({ length }) => length));

function lineText(line: SelfTestLine): string {
  const { found, remedy } = wordsFor(line);
  const head = `${MARKS[line.verdict]}  ${words.check[line.id].padEnd(WIDE)}  `;
  const todo = remedy === null ? '' : `\n${' '.repeat(head.length)}-> ${remedy}`;
  return `${head}${found}${todo}`;
}

const MARKS = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL', skipped: '-   ' } as const satisfies Record<
  SelfTestLine['verdict'],
  string
>;

const countsOf = (lines: readonly SelfTestLine[]): Record<SelfTestLine['verdict'], number> => {
  const count = (wanted: SelfTestLine['verdict']): number => lines.filter(({ verdict }) => verdict === wanted).length;
  return { ok: count('ok'), warn: count('warn'), fail: count('fail'), skipped: count('skipped') };
};

/** Recorded only in an audit trail that could be read completely. A check must not touch a damaged or missing one. */
function note(terminal: Terminal, { lines, terminal: about }: SelfTestReport): void {
  const readable = lines.some(({ id, code }) => id === 'audit' && (code === 'whole' || code === 'tampered'));
  const usable = lines.some(({ id, verdict }) => id === 'journal' && verdict === 'ok');
  if (!readable || !usable || about === null) return;
  const event = { type: 'noted', act: 'self-test-run', outcome: worstOf(lines), about: null } as const;
  if (!noteAtOnce(terminal.profile, about.environment, terminal.clock.read().wallMs, atTerminal(), event))
    notNoted(terminal);
}
