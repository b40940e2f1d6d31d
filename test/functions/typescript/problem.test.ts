import { expect, it } from 'vitest';
import { operations } from '../../../src/contract/operations.ts';
import { problems as catalogue, problemType } from '../../../src/contract/problems.ts';
import { problems } from '../../../src/functions/typescript/contract.ts';
import { Problem, problemDetails } from '../../../src/functions/typescript/problem.ts';

const slugs = Object.keys(problems) as (keyof typeof problems)[];

it('says what the contract says', () => {
  for (const slug of slugs) {
    const details = problemDetails(new Problem(slug, 'why'), '4f6a');
    const { status, title } = catalogue[slug];
    const expected = { type: problemType(slug), title, status, detail: 'why', instance: 'urn:uuid:4f6a', requestId: '4f6a' };
    expect(details).toEqual(expected);
  }
});

it('knows every problem that an operation may answer with', () => {
  for (const operation of operations) expect(slugs).toEqual(expect.arrayContaining([...operation.problems]));
});
