// Runs in the test process and in start scripts. Why it exists: one way to run the app on either host.
import type { KioskHost, LaunchOptions } from './kiosk-host.ts';
import { launchOnElectron } from './launch-electron.ts';
import { launchOnStandIn } from './launch-stand-in.ts';
import { chooseHost, requireElectron } from './open-kiosk.ts';
import { fontEnvironment } from '../../test/test-fonts.ts';

export { chooseHost } from './open-kiosk.ts';
export { electronBinary } from './electron-binary.ts';
export { KioskExited, PAGE_PATIENCE_MS } from './kiosk-host.ts';
export type { HostKind, KioskHost, LaunchOptions } from './kiosk-host.ts';

/**
 * Launches the app for a test, with the tests' fonts; resolves when its first window has loaded. Throws KioskExited if
 * it ends before that.
 */
export async function launchKiosk(options: LaunchOptions): Promise<KioskHost> {
  const kind = options.host ?? chooseHost();
  const drawing = { ...options, env: { ...fontEnvironment(), ...options.env } };
  return kind === 'electron' ? launchOnElectron(drawing, requireElectron()) : launchOnStandIn(drawing);
}
