/** The app's self-test: one at a time. Its last report is kept for the next visit and for support. */
import { existsSync, readFileSync } from 'node:fs';
import { fail, ok } from '../../../shared/result.ts';
import { selfTestReportSchema, withLines, worstOf, type SelfTestReport } from '../../../shared/self-test/self-test.ts';
import { fileTroubleOf, writeFileSafely } from '../../base/safe-file.ts';
import { parseJson } from '../../base/json.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { SelfTestService } from './self-test-handlers.ts';
import { screenChecks } from './screen-checks.ts';
import { runSelfTest, type OnLine, type SelfTestParts } from './self-test.ts';

export interface SelfTestServiceParts extends SelfTestParts {
  readonly onLine: OnLine;
  /** Records who ran it and how it ended. */
  readonly note: (caller: Caller, outcome: string) => void;
  readonly print: SelfTestService['print'];
}

export function selfTestService(parts: SelfTestServiceParts): SelfTestService {
  const { profile, onLine, note, print } = parts;
  let last = keptReport(profile.selfTest);
  let running = false;
  const keep = (report: SelfTestReport): SelfTestReport => {
    last = report;
    keepReport(profile.selfTest, report);
    return report;
  };

  return {
    async run(screen, caller) {
      if (running) return fail('already-running');
      running = true;
      try {
        const report = keep(await runSelfTest(parts, screen, onLine));
        note(caller, worstOf(report.lines));
        return ok(report);
      } finally {
        running = false;
      }
    },
    last: () => last,
    async fails() {
      // A customer's payment that the face SDK refused is no fault of an update.
      const { faceTrouble: _seen, ...steady } = parts;
      const { lines } = await runSelfTest(steady, null);
      return lines.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : []));
    },
    rescreen(screen) {
      if (running) return fail('already-running');
      return last === null
        ? fail('no-report')
        : ok(keep({ ...last, lines: withLines(last.lines, screenChecks(screen)) }));
    },
    print,
  };
}

/** The last run's report, if it can still be read. */
function keptReport(path: string): SelfTestReport | null {
  try {
    return existsSync(path)
      ? (selfTestReportSchema.safeParse(parseJson(readFileSync(path, 'utf8'))).data ?? null)
      : null;
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return null;
  }
}

/** If the disk cannot store a report, the report itself has just shown that. */
function keepReport(path: string, report: SelfTestReport): void {
  try {
    writeFileSafely(path, `${JSON.stringify(report)}\n`);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
  }
}
