import { defineConfig } from 'vitest/config';

/** A test that passes never waits so long; one that waits for a busy machine is not at fault. */
const patience = { testTimeout: 900_000, hookTimeout: 900_000, expect: { poll: { timeout: 90_000 } } };

/** One cache of compiled code for all that is started. */
const compiled = 'test/support/compiled-code.ts';

/** One Chromium for each worker, and not for each start of the app. */
const shared = {
  globalSetup: [compiled, 'test/support/shared-chromium.ts'],
  setupFiles: ['test/support/join-chromium.ts'],
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'spec',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/build/stand-in/**', 'test/visual/**'],
          environment: 'node',
          globalSetup: [compiled],
          ...patience,
          // Many of them wait for something most of the time.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'host',
          include: ['test/build/stand-in/**/*.test.ts'],
          environment: 'node',
          ...patience,
          ...shared,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/visual/**/*.test.ts'],
          environment: 'node',
          ...patience,
          ...shared,
          maxWorkers: 2,
        },
      },
    ],
  },
});
