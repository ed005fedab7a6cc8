/** Starts a packed program as a till would, with its own profile, and waits for the cashier's screen. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright-core';

export type Trial =
  | { readonly kind: 'screen-reached'; readonly address: string }
  | { readonly kind: 'could-not-start'; readonly why: string }
  | { readonly kind: 'ended'; readonly exitCode: number | null; readonly output: string }
  | { readonly kind: 'no-screen'; readonly output: string };

const LOOK_AGAIN_MS = 200;
const OUTPUT_KEPT = 4_000;
/** A text that is on the screen when a payment can be taken. */
const READY = '[data-testid="take-payment"]';

/** Ends the program afterwards in every case. `limitMs` counts from its start. */
export async function tryProgram(program: string, limitMs: number, args: readonly string[] = []): Promise<Trial> {
  const profile = mkdtempSync(join(tmpdir(), 'facepay-trial-'));
  const port = await freePort();
  // The fuses close Node's debugger, but not Chromium's: this port shows the page, and nothing of the main process.
  const child = spawn(program, [...args, `--remote-debugging-port=${String(port)}`], {
    env: { ...process.env, FACEPAY_PROFILE: profile, FACEPAY_WINDOWED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = `${output}${chunk.toString()}`.slice(-OUTPUT_KEPT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<Trial>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'could-not-start', why: error.message }));
    child.once('close', (exitCode) => resolve({ kind: 'ended', exitCode, output }));
  });
  const stop = new AbortController();
  try {
    return await Promise.race([
      ended,
      screenWithin(port, limitMs, stop.signal).then((address): Trial =>
        address === null ? { kind: 'no-screen', output } : { kind: 'screen-reached', address },
      ),
    ]);
  } finally {
    stop.abort();
    child.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The address of the page that takes payments, or `null` if there was none in time. */
async function screenWithin(port: number, limitMs: number, signal: AbortSignal): Promise<string | null> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline && !signal.aborted) {
    const browser = await attach(port);
    const address = browser === null ? null : await readyPage(browser);
    await browser?.close();
    if (address !== null) return address;
    await sleep(LOOK_AGAIN_MS);
  }
  return null;
}

/** `null` while nothing answers there yet. */
const attach = (port: number): Promise<Browser | null> =>
  chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`).catch(() => null);

async function readyPage(browser: Browser): Promise<string | null> {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    // A page that is still loading gives no answer; the next try asks again.
    if (
      await page
        .locator(READY)
        .isVisible()
        .catch(() => false)
    )
      return page.url();
  }
  return null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no port was given'));
      });
    });
  });
}
