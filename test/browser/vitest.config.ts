import { defineConfig } from 'vitest/config';

// What needs a browser, which is more than `npm ci` installs: `npm run check:browser` calls it.
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    // Two browsers on two cores would make each other slow: an editor of the page then loses what is typed into it.
    fileParallelism: false,
    // Bounds for what hangs, in milliseconds: on a busy machine, tests only take longer.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
