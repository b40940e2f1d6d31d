import { defineConfig } from 'vitest/config';

/** Run by `.ci/dynamodb-local`, which starts what these tests need. */
export default defineConfig({
  test: {
    include: ['test/dynamodb-local/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
