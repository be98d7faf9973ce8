import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Each test file opens real ledgers and real worker threads; two files at a time fill two cores.
    maxWorkers: 2,
    // As in src/cli/qledger.js: V8 may crash where threads strip types side by side.
    execArgv: ['--wasm-wrapper-tiering-budget=2000000000'],
    testTimeout: 180_000,
  },
});
