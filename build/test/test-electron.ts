/**
 * `npm run test:electron`: the end-to-end specs with the real Electron, if its binary is installed; otherwise a message
 * says that it is not.
 */
import { electronBinary } from '../stand-in/launcher/launch.ts';
import { runNode } from '../run.ts';

if (electronBinary() === null) {
  console.log('Electron’s binary is not installed here, so the end-to-end specs were NOT run under Electron.');
  console.log('Fetch it with `npx install-electron --no` (ELECTRON_MIRROR is honoured), then run this again.');
  console.log('`npm test` runs the same specs on the stand-in host.');
} else {
  process.exitCode = await runNode(['node_modules/vitest/vitest.mjs', 'run', '--project=e2e'], {
    env: { KIOSK_HOST: 'electron' },
  });
}
