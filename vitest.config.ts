import { defineConfig } from 'vitest/config';

// Three tiers, named for what they need. `npm test`: what a change must pass before each commit. `npm run test:all`: all that needs
// nothing but `npm ci`; files that end in `.all.test.ts` are in this one only. `.ci/run`: both, and what needs more (test/ci,
// test/browser, test/cloud, test/dynamodb-local).
export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/ci/**',
      'test/browser/**',
      'test/cloud/**',
      'test/dynamodb-local/**',
      ...(mode === 'all' ? [] : ['test/**/*.all.test.ts']),
    ],
    // Files of one worker share the modules that they import: loading these anew took half of the time.
    isolate: false,
    setupFiles: ['test/property-runs.ts'],
    // Bounds for a hang, never a measure: a busy machine only makes tests slower.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
}));
