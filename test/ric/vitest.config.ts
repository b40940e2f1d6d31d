import { defineConfig } from 'vitest/config';

// What only CI runs, because it needs more than `npm ci` installs: `npm run check:ric` calls it.
export default defineConfig({
  test: {
    include: ['test/ric/**/*.test.ts'],
    // Bounds for what hangs, in milliseconds: on a busy machine, tests only take longer.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
