import { defineConfig } from 'vitest/config';

// The templates on an implementation of AWS that is not ours, which `npm ci` does not install: `npm run test:cloud`.
export default defineConfig({
  test: {
    include: ['test/cloud/**/*.test.ts'],
    globalSetup: ['test/cloud/install.ts'],
    // A bound for a machine that is busy, not a measure: no test waits for time to pass.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
