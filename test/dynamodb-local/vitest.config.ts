import { defineConfig } from 'vitest/config';

/** Run by `npm run check:dynamodb-local`, which starts what these tests need. */
export default defineConfig({
  test: {
    include: ['test/dynamodb-local/**/*.test.ts'],
    // Bounds for what hangs, in milliseconds: on a busy machine, tests only take longer.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
