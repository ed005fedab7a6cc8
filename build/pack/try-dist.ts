/**
 * `npm run try:dist -- <program>`: starts a packed or installed program, under a display, and waits for its first
 * screen.
 */
import { tryProgram, type Trial } from './try-program.ts';

/** A first start unpacks nothing, but on a build machine the first start of a 200 MB program reads all of it. */
const LIMIT_MS = 60_000;

function words(trial: Trial): string {
  switch (trial.kind) {
    case 'screen-reached':
      return `ok: the cashier's screen is there (${trial.address})`;
    case 'could-not-start':
      return `FAULT: it could not be started: ${trial.why}`;
    case 'ended':
      return `FAULT: it ended with ${String(trial.exitCode)} before any screen\n${trial.output}`;
    case 'no-screen':
      return `FAULT: no screen after ${String(LIMIT_MS / 1_000)} s\n${trial.output}`;
  }
}

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error(
    'usage: npm run try:dist -- <program>   (dist/packed/linux-unpacked/facepay-kiosk, or where it is installed)',
  );
  process.exitCode = 2;
} else {
  // Chromium's sandbox cannot start as root; everywhere else it stays on.
  const trial = await tryProgram(program, LIMIT_MS, process.getuid?.() === 0 ? ['--no-sandbox'] : []);
  console.log(words(trial));
  if (trial.kind !== 'screen-reached') process.exitCode = 1;
}
