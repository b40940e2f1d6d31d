import { defineConfig } from 'vitest/config';

// What only CI runs, because it needs debugpy: `npm run check:python` installs it and calls this.
export default defineConfig({
  test: {
    include: ['test/debugpy/**/*.test.ts'],
    // Bounds for what hangs, in milliseconds: on a busy machine, tests only take longer.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
