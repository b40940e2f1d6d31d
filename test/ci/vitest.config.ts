import { defineConfig } from 'vitest/config';

// What only CI runs, because it needs more than `npm ci` installs: `.ci/ric` calls it.
export default defineConfig({
  test: {
    include: ['test/ci/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
