import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Each test file opens real ledgers and real worker threads; two files at a time fill two cores.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
