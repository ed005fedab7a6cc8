// Runs in the test process. Why it exists: what a test can do with a running kiosk, on either host.
import type { Page } from 'playwright-core';
import type { DialogAnswer } from '../base/control.ts';

/** A running app. */
export interface KioskHost {
  readonly kind: HostKind;
  /** The first window's present page: after a crash and a reload, the new page. */
  readonly page: Page;
  /** Main's process. */
  readonly pid: number;
  /** Kills the main process and everything it started at once (SIGKILL), as a power cut would. */
  kill(): Promise<void>;
  /** Quits as a user would; resolves with the exit code. */
  quit(): Promise<number | null>;
  /** Resolves with the exit code once main has ended by itself. */
  exited(): Promise<number | null>;
  /** The output of main so far (stdout and stderr). */
  output(): string;
  /** Sets the answer for the next dialog of its kind; nobody can press a native dialog's buttons here. */
  answerDialog(answer: DialogAnswer): Promise<void>;
  /** Passes a link to the running app, as macOS does (`open-url`). */
  openUrl(url: string): Promise<void>;
}

/** Electron itself, or its stand-in. */
export type HostKind = 'electron' | 'stand-in';

/** What to launch, and how. */
export interface LaunchOptions {
  readonly mainBundle: string;
  readonly userData: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly host?: HostKind;
  /** A Chromium of its own, even if tests share one: for tests that look at its process or its profile. */
  readonly ownChromium?: boolean;
  readonly colorScheme?: 'light' | 'dark';
}

/** Main ended before it showed a window, as a second instance does. */
export class KioskExited extends Error {
  readonly exitCode: number | null;
  readonly output: string;

  constructor(exitCode: number | null, output: string) {
    super(`main ended with code ${String(exitCode)} before it showed a window\n${output}`);
    this.name = 'KioskExited';
    this.exitCode = exitCode;
    this.output = output;
  }
}

/** How long a host may take to show its first page or to quit; long enough for a loaded machine. */
export const HOST_PATIENCE_MS = 120_000;

/**
 * How long a test may wait for something on a page. A test that passes never waits so long, however busy the machine
 * is.
 */
export const PAGE_PATIENCE_MS = 90_000;
