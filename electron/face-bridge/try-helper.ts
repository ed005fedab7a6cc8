/** Whether the helper starts and loads the vendor's library: it is started for that, asked nothing, and ended. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FaceHelper } from '../../shared/settings.ts';
import { FACE_HELPER_START_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { HelperProblem } from './helper-driver.ts';
import { checkHelper, helperFiles, type HelperFiles } from './helper-file.ts';
import { LINE_CHARACTERS_MAX, readLine } from './helper-lines.ts';
import { startHelper, type StartHelper } from './helper-process.ts';

/** The number of bits that helper and library have. */
export async function tryHelper(
  helper: FaceHelper,
  clock: Clock,
  files: HelperFiles = helperFiles,
  start: StartHelper = startHelper,
): Promise<Result<number, HelperProblem>> {
  const checked = checkHelper(helper, files);
  if (!checked.ok) return checked;
  const said = Promise.withResolvers<Result<number, HelperProblem>>();
  let output = '';
  const child = start(checked.value, {
    output: (text) => {
      output += text;
      const at = output.indexOf('\n');
      if (at !== -1) said.resolve(meaningOf(output.slice(0, at).trimEnd()));
      else if (output.length > LINE_CHARACTERS_MAX) said.resolve(fail('helper-garbled'));
    },
    over: () => {
      said.resolve(fail('helper-not-started'));
    },
  });
  const callOff = clock.after(FACE_HELPER_START_MS, () => {
    said.resolve(fail('helper-silent'));
  });
  const found = await said.promise;
  callOff();
  child.kill();
  return found;
}

function meaningOf(line: string): Result<number, HelperProblem> {
  const read = readLine(line);
  if (read === null) return fail('helper-garbled');
  if ('failed' in read) return fail(read.failed === 'load' ? 'library-not-loaded' : 'library-functions');
  return 'ready' in read ? ok(read.bits) : fail('helper-garbled');
}
