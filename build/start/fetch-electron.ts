/** Fetches Electron for `npm start`, and remembers when that failed: each start would wait for the same failure. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { electronBinary } from '../stand-in/launcher/electron-binary.ts';
import { root, runNode } from '../run.ts';

/** Long enough for a slow connection, short enough not to look dead. */
const DOWNLOAD_LIMIT_MS = 5 * 60 * 1_000;
/** The next day the connection may be another one. */
const TRY_AGAIN_AFTER_MS = 24 * 60 * 60 * 1_000;

const FAILED = join(root, 'node_modules/.cache/electron-not-fetched');

/** Whether a try that failed stands for this one too: the same mirror, within a day. `noted` is that try's note. */
export function mayFetch(noted: string | null, mirror: string, nowMs: number): boolean {
  const [at = '', ...rest] = noted?.split(' ') ?? [];
  const age = nowMs - Number(at);
  return noted === null || rest.join(' ') !== mirror || !(age >= 0 && age < TRY_AGAIN_AFTER_MS);
}

/** Resolves when it is there, or when it is known not to come; says what it does. */
export async function fetchElectron(say: (line: string) => void): Promise<void> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? '';
  const noted = existsSync(FAILED) ? readFileSync(FAILED, 'utf8') : null;
  if (mayFetch(noted, mirror, Date.now())) {
    say('Fetching Electron (once, about 120 MB) ...');
    await runNode(['node_modules/electron/install.js'], { quiet: true, limitMs: DOWNLOAD_LIMIT_MS });
    rmSync(FAILED, { force: true });
    if (electronBinary() !== null) return;
    mkdirSync(dirname(FAILED), { recursive: true });
    writeFileSync(FAILED, `${String(Date.now())} ${mirror}`);
  }
  say('Electron is not here and could not be fetched. Set ELECTRON_MIRROR to a mirror you can reach and start again');
  say(
    '(for instance ELECTRON_MIRROR=https://npmmirror.com/mirrors/electron/). Until then the same app runs in Chromium.',
  );
}
