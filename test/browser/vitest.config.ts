import { defineConfig } from 'vitest/config';

// What needs a browser, which is more than `npm ci` installs: `.ci/browser` calls it.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
