import { defineConfig } from 'vitest/config';

/** `fast` needs no server and runs in seconds; `servers` runs against real PostgreSQL and MariaDB. */
export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.server.test.ts'],
          testTimeout: 30_000,
          // Vitest's default leaves one core free.
          maxWorkers: 2,
          isolate: false,
        },
      },
      {
        test: {
          name: 'servers',
          include: ['test/**/*.server.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
          isolate: false,
        },
      },
    ],
  },
});
