import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These need more than `npm ci` installs, and fail without it: the scripts in `.ci` and `npm run test:cloud` run them.
    exclude: ['test/ci/**', 'test/browser/**', 'test/cloud/**', 'test/dynamodb-local/**'],
    // A bound for a machine that is busy, not a measure: no test waits for time to pass.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
