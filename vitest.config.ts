import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './build/test/longest-first.ts';

/** A test that passes never waits so long; one that waits for a busy machine is not at fault. */
const patience = { testTimeout: 900_000, hookTimeout: 900_000, expect: { poll: { timeout: 90_000 } } };

const CORES = Math.min(availableParallelism(), 8);

/** One cache of compiled code for all that is started. */
const compiled = 'test/support/compiled-code.ts';

/** One Chromium for each worker, and not for each start of the app. */
const screen = {
  globalSetup: [compiled, 'test/support/screen/shared-chromium.ts'],
  setupFiles: ['test/support/screen/join-chromium.ts'],
  // More than there are cores, because most of them wait for the 15 s of a payment. One number for all that run
  // together: Vitest starts no test of two projects that differ in it.
  maxWorkers: CORES + 2,
};

/**
 * Folders of specs that leave nothing behind in their process: a worker reads the code that they try once, and not once for
 * each file.
 */
const TOGETHER = ['app', 'orders', 'pos', 'practice', 'renderer', 'shared', 'staff', 'updates', 'vault', 'wechat'];
/** In those folders, and yet apart: they put something in the place of a module, or fill the machine. */
const APART = ['test/app/settings/*.test.ts', 'test/app/exports/large-files.test.ts'];

const spec = {
  environment: 'node',
  globalSetup: [compiled],
  ...patience,
  // The end-to-end tests run beside them.
  maxWorkers: CORES,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'spec',
          include: ['test/*.test.ts', `test/!(${TOGETHER.join('|')})/**/*.test.ts`, ...APART],
          exclude: ['test/e2e/**', 'test/build/stand-in/**', 'test/visual/**'],
          ...spec,
        },
      },
      {
        test: {
          name: 'spec-together',
          include: TOGETHER.map((folder) => `test/${folder}/**/*.test.ts`),
          exclude: APART,
          ...spec,
          isolate: false,
        },
      },
      {
        test: {
          name: 'host',
          include: ['test/build/stand-in/**/*.test.ts'],
          environment: 'node',
          ...patience,
          ...screen,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/visual/**/*.test.ts'],
          environment: 'node',
          ...patience,
          ...screen,
        },
      },
    ],
  },
});
