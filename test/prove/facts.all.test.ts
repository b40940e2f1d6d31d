import { afterAll, beforeAll, expect, it } from 'vitest';
import { exchangeWith } from '../../prove/exchange.ts';
import { type Fact, httpFacts, type Observation, observe, type Site } from '../../prove/facts/index.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import { typescript } from '../editions.ts';

let stack: Stack | undefined;
let site: Site;

beforeAll(async () => {
  stack = await start(typescript.template, { parameters: { AuthorizationType: 'AWS_IAM' } });
  const { credentials, outputs } = stack;
  if (!credentials) throw new Error('the stack has no credentials');
  const url = new URL(outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '');
  const send = exchangeWith(url.href, credentials.region, credentials);
  const { signal } = new AbortController();
  site = { url, send, connection: {} as Site['connection'], resources: new Map(), patience: 0, signal };
});
afterAll(() => stack?.stop());

it.each(httpFacts)('the twin does what is stated of AWS: $name', async (fact) => {
  const [observation] = await observe([fact], site);
  expect(observation).toMatchObject({ observed: fact.expected, verdict: 'same' });
});

it('says what differs, what cannot be observed, and why', async () => {
  const fact = { name: 'a', statement: 'A.', source: 'README.md', how: 'so', expected: '5' };
  const facts: Fact[] = [
    { ...fact, observe: async () => '4' },
    { ...fact, observe: async () => '4', isSame: (observed) => Number(observed) < 5 },
    { ...fact, observe: async () => undefined },
    { ...fact, observe: () => Promise.reject(new Error('no network\nat all')) },
  ];
  const told: Observation[] = [];
  const observations = await observe(facts, site, (observation) => told.push(observation));
  expect(told).toEqual(observations);
  expect(observations.map(({ observed, verdict }) => [verdict, observed])).toEqual([
    ['differs', '4'],
    ['same', '4'],
    ['not observable here', ''],
    ['not observable here', 'Error: no network'],
  ]);
  const aborted = { ...site, signal: AbortSignal.abort() };
  await expect(observe(facts, aborted)).rejects.toThrow('aborted');
});
