import type { Host } from '../../../shared/ipc.ts';
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';

/** What the app runs in. A shop needs Electron. */
export function hostCheck(host: Host, node: string): SelfTestLine {
  if (host.kind === 'stand-in') return finding('host', 'stand-in', { electron: host.electron, node });
  return finding('host', 'electron', { electron: host.electron, chromium: host.chromium, node });
}

/** The terminal command, which runs without a window. */
export const terminalHost = (node: string): SelfTestLine => finding('host', 'terminal', { node });
