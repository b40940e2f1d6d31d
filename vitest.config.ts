import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

// Three tiers, named for what they need. `npm test`: what a change must pass before each commit. `npm run test:all`: all that needs
// nothing but `npm ci`; files that end in `.all.test.ts` are in this one only. `.ci/run`: both, and what needs more (test/ric,
// test/browser, test/cloud, test/debugpy, test/dynamodb-local). It runs what `npm test` leaves (mode `rest`): those files, and properties more often.
export default defineConfig(({ mode }) => {
  const exclude = [
    'test/ric/**',
    'test/browser/**',
    'test/cloud/**',
    'test/debugpy/**',
    'test/dynamodb-local/**',
    ...(mode === 'all' || mode === 'rest' ? [] : ['test/**/*.all.test.ts']),
    ...(mode === 'rest' ? globSync('test/**/*.test.ts').filter(isDone) : []),
  ];
  return {
    test: {
      setupFiles: ['test/property-runs.ts'],
      // Vitest leaves a core for itself, which is half of two.
      maxWorkers: '100%',
      // Bounds for a hang, never a measure: a busy machine only makes tests slower.
      testTimeout: 600_000,
      hookTimeout: 600_000,
      restoreMocks: true,
      unstubEnvs: true,
      projects: [
        // The functions read their environment when they are loaded: each file of tests loads them anew.
        { extends: true, test: { name: 'functions', include: ['test/functions/**/*.test.ts'], exclude } },
        // The other files of one worker share the modules that they import, as loading these anew took half of the time.
        {
          extends: true,
          test: {
            name: 'rest',
            include: ['test/**/*.test.ts'],
            exclude: ['test/functions/**', ...exclude],
            isolate: false,
          },
        },
      ],
    },
  };
});

/** True for a file of `npm test` that has nothing to try more often. */
const isDone = (file: string): boolean =>
  !file.endsWith('.all.test.ts') && !readFileSync(file, 'utf8').includes("from 'fast-check'");
