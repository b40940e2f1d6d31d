import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../src/conformance/case.ts';
import { cases } from '../../src/conformance/index.ts';
import { runCase } from '../../src/conformance/run-case.ts';
import type { RequestOutcome } from '../../src/conformance/send.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import { editions } from '../editions.ts';

const endpoint = process.env.DYNAMODB_LOCAL ?? '';
if (!URL.canParse(endpoint)) throw new Error('DYNAMODB_LOCAL is no URL: run these tests with npm run check:dynamodb-local');

/** Returns the result of a case on a stack, and all of its responses, sorted: cases also send requests at the same time. */
const outcome = async (member: Case, url: string) => {
  const responses: RequestOutcome[] = [];
  const { error, items } = await runCase({ url, onResponse: (response) => responses.push(response) }, member);
  return { failure: (error as Error | undefined)?.message, left: items.remaining, responses: responses.map(summary).sort() };
};

/** Method, status and problem: all of an response that is not another each time. */
const summary = ({ method, status, text }: RequestOutcome): string =>
  [method, status, ...(/"type":"urn:[^"]*"/.exec(text) ?? [])].join(' ');

describe.each(editions)('the $name edition', ({ template, options, whyNot }) => {
  const stacks: Stack[] = [];
  let builtIn = '';
  let local = '';

  beforeAll(async () => {
    if (whyNot !== undefined) throw new Error(whyNot);
    stacks.push(await start(template, options), await start(template, { ...options, dynamoDbEndpoint: endpoint }));
    [builtIn = '', local = ''] = stacks.map(({ outputs }) => outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value);
  });
  afterAll(() => Promise.all(stacks.map((stack) => stack.stop())));

  describe.each(Object.entries(cases))('%s', (group, members) => {
    it.each(members)('$name', async (member) => {
      const onLocal = await outcome(member, local);
      expect(onLocal).toMatchObject({ failure: undefined, left: [] });
      const onBuiltIn = await outcome(member, builtIn);
      // Who loses a race asks again; how often, nobody knows.
      const comparable = group === 'concurrency' ? { responses: expect.any(Array) } : {};
      expect({ ...onLocal, ...comparable }).toEqual(onBuiltIn);
    });
  });
});
