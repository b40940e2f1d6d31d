import { defineConfig } from 'vitest/config';

// The templates on an implementation of AWS that is not ours, which `npm ci` does not install: `npm run test:cloud`.
export default defineConfig({
  test: {
    include: ['test/cloud/**/*.test.ts'],
    // Vitest would leave one core idle, which is half of a machine with two.
    maxWorkers: '100%',
    globalSetup: ['test/cloud/install.ts'],
    // Bounds for what hangs, in milliseconds: on a busy machine, tests only take longer.
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
  },
});
