import { defineConfig } from 'vitest/config';

const TEMPORARY_FOLDER = './packages/testkit/src/temporary-folder-setup.ts';
const POSTGRES = './packages/testkit/src/postgres-setup.ts';

/** The quick tests first, then those with servers, then those with a browser: each group has the two cores to itself. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          globalSetup: TEMPORARY_FOLDER,
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['apps/server/test/**/*.test.ts'],
          globalSetup: [TEMPORARY_FOLDER, POSTGRES],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['apps/web/test/**/*.test.ts'],
          globalSetup: [TEMPORARY_FOLDER, POSTGRES],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
