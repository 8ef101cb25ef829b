import { defineConfig } from 'vitest/config';

/** Tests with real servers. Files share their modules, because most of them need the same ones. */
const withServers = {
  globalSetup: ['test/support/global-setup.ts'],
  testTimeout: 300_000,
  hookTimeout: 300_000,
  maxWorkers: 2,
  isolate: false,
};

/**
 * `fast` needs no server; `servers` runs against real PostgreSQL and MariaDB; `long` does too, and is run on demand: each of its files
 * takes more than a minute and guards what few changes touch.
 */
export default defineConfig({
  test: {
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.server.test.ts', 'test/**/*.long.test.ts'],
          testTimeout: 30_000,
          // Vitest's default leaves one core free.
          maxWorkers: 2,
          isolate: false,
        },
      },
      { test: { name: 'servers', include: ['test/**/*.server.test.ts'], ...withServers } },
      { test: { name: 'long', include: ['test/**/*.long.test.ts'], ...withServers } },
    ],
  },
});
