import { expect } from 'vitest';
import type { Case } from '../../src/conformance/case.ts';
import { runCase } from '../../src/conformance/run-case.ts';
import type { Target } from '../../src/conformance/send.ts';

/** A test of a case: Vitest runs those of a file one after the other, so that each one runs alone on the file's stack. */
export const passes = async (target: Target, member: Case): Promise<void> => {
  const { error, items } = await runCase(target, member);
  if (error !== undefined) throw error;
  expect(items.remaining).toEqual([]);
};
