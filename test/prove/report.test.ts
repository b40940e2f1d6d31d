import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { costLines } from '../../prove/cost.ts';
import { cleaningUp, proving } from '../../prove/plan.ts';
import { preamble, totalMinutes } from '../../prove/preamble.ts';
import type { Proof } from '../../prove/proof.ts';
import { type Outcome, report } from '../../prove/report.ts';
import { entities } from '../../src/contract/entities.ts';
import { operations } from '../../src/contract/operations.ts';
import { prices } from '../../src/docs/prices.ts';

/** Metrics of the alarms on functions and tables of other entities: two of each function, and of each call of a table. */
const alarmMetricsBesideItems = (): number => {
  const others = operations.filter(({ entity }) => entity !== entities[0]);
  const calls = others.flatMap(({ entity, actions, indexActions = [] }) =>
    [...actions, ...indexActions].map((action) => `${entity.name} ${action}`),
  );
  return 2 * others.length + 2 * new Set(calls).size;
};

const fact = { statement: 'It is *so*.', source: 'README.md', how: '`GET /items`', expected: '200 | 201' };
const outcome: Outcome = {
  date: '2026-11-28',
  commit: 'abc1234',
  versions: { 'Items API': '0.1.0', 'Node.js': 'v24.21.0' },
  account: '123456789012',
  region: 'eu-west-1',
  steps: [
    { title: 'create the stack', minutes: [4, 8], outcome: 'passed', duration: 305_000 },
    { title: 'delete the stack', minutes: [20, 40], outcome: 'passed', duration: 1_860_000, remark: 'in 2 attempts' },
  ],
  observations: [
    { ...fact, name: 'first', observed: '200 | 201', verdict: 'same' },
    { ...fact, name: 'second', observed: '', verdict: 'not observable here' },
    { ...fact, name: 'third', observed: 'arn:aws:iam::123456789012:role/x\nand more', verdict: 'differs' },
  ],
  verifications: [
    {
      edition: 'TypeScript',
      passed: false,
      checklist: [{ claim: 'It works', status: 'fail', evidence: '1 of 2 cases passed' }],
      failed: ['rejections: 400 for [no] JSON'],
      leftOut: [],
    },
  ],
};

it('says what passed, how long it took, and what differs first', () => {
  const page = report(outcome);
  expect(page).toMatch(/^<!-- Written by "npm run prove" -->\n\n# Proof\n\nEvery step passed\.\n\n/);
  expect(page).toContain('| account | ********9012 |\n| region | eu-west-1 |\n| Items API | 0.1.0 |');
  expect(page).toContain(
    '| delete the stack | passed | 31:00 | 20 to 40 min | in 2 attempts |\n| all |  | 36:05 | 24 to 48 min |  |',
  );
  expect(page).toContain('compared with what was observed: 1 differs, 1 not observable here, 1 same.');
  const rows = page.split('\n').filter((line) => line.includes('`GET /items`'));
  const columns = 'It is \\*so\\*. | `README.md` | `GET /items` | 200 \\| 201 |';
  expect(rows).toEqual([
    `| **differs** | third | ${columns} arn:aws:iam::********9012:role/x and more |`,
    `| not observable here | second | ${columns}  |`,
    `| same | first | ${columns} 200 \\| 201 |`,
  ]);
  expect(page).toContain('| fail | It works | 1 of 2 cases passed |\n\nFailed:\n\n- rejections: 400 for \\[no] JSON\n');
  expect(page).not.toContain('123456789012');
});

it('says what failed, and what is left', () => {
  const steps: Outcome['steps'] = [
    { title: 'create the stack', minutes: [4, 8], outcome: 'failed', duration: 1000, remark: 'X failed: no | way\n```' },
    { title: 'delete the stack', minutes: [20, 40], outcome: 'not run', duration: 0 },
  ];
  const page = report({ ...outcome, steps, observations: [], verifications: [], left: 'the stack items-proof-1' });
  expect(page).toContain("# Proof\n\n**Create the stack: failed.**\n\n```text\nX failed: no | way\n'''\n```\n");
  expect(page).toContain('**Left in the account:** the stack items-proof-1\n');
  expect(page).toContain(
    "| create the stack | failed | 0:01 | 4 to 8 min | X failed: no \\| way ''' |".replaceAll("'''", '\\`\\`\\`'),
  );
  expect(page).toContain('| delete the stack | not run |  | 20 to 40 min |  |');
  expect(page).toContain('None was compared.');
  expect(page).toContain('The API was not verified.');
});

it('says that an interrupted run is none, and that an emulator is not AWS', () => {
  const steps: Outcome['steps'] = [
    { title: 'create the stack', minutes: [4, 8], outcome: 'interrupted', duration: 1000 },
    { title: 'delete the stack', minutes: [20, 40], outcome: 'passed', duration: 1000 },
  ];
  const page = report({ ...outcome, steps, endpoint: 'http://127.0.0.1:4566', emulator: 'an emulator' });
  expect(page).toContain(
    '**This is not a proof on AWS.** It was run on an emulator, at http://127.0.0.1:4566.\n\n**Create the stack: interrupted.**\n\n|',
  );
});

it('prints account, duration and cost before anything is created', () => {
  const { steps } = outcome;
  const plan = {
    account: '123456789012',
    caller: 'arn:aws:iam::123456789012:user/me',
    region: 'eu-west-1',
    stackName: 's',
    steps,
  };
  const text = preamble(plan).join('\n');
  expect(text).toMatch(
    /^account {3}123456789012\nregion {4}eu-west-1\ncaller {4}arn:aws:iam::123456789012:user\/me\nstack {5}s, /,
  );
  expect(text).toContain('\n 2. delete the stack (20 to 40 min)\n');
  expect(text).toContain('Duration: 24 to 48 minutes, estimated.');
  expect(text).toMatch(/^Cost: at most \d+\.\d\d USD at the list prices of us-east-1 as of 20\d\d-\d\d-\d\d,/m);
  expect(text).not.toContain('endpoint');
  expect(preamble({ ...plan, endpoint: 'http://127.0.0.1' }).join('\n')).toContain('http://127.0.0.1: this is not AWS');
});

it('adds up to what it says it costs at most, and grows with the time', () => {
  const sums = (minutes: number): number[] => costLines(minutes).map((line) => Number(/([\d.]+) USD/.exec(line)?.[1]));
  const [all = 0, nat = 0, monthly = 0, requests = 0] = sums(60);
  expect(all).toBeCloseTo(nat + monthly + requests, 1);
  expect(nat).toBe(0.05);
  expect(sums(61)[1]).toBe(0.1);
});

it('is announced in docs/operations.md with the numbers that it prints', () => {
  // Neither asks anything of the stack before a step runs.
  const none = {} as Proof;
  const [from, to] = totalMinutes([...proving(none), ...cleaningUp(none)]);
  const page = readFileSync('docs/operations.md', 'utf8');
  expect(page).toContain(`${from} to ${to} minutes`);
  const [all = 0, nat = 0, , requests = 0] = costLines(to).map((line) => Number(/([\d.]+) USD/.exec(line)?.[1]));
  const [, most, depends] = /at most (\d) USD, of which less\s+than (\d) USD depends/.exec(page) ?? [];
  // The page names the alarms of other entities than items apart: four of each, with ten metrics at most.
  const others = alarmMetricsBesideItems() * prices.alarmMetrics.usd;
  expect(Math.ceil(all - others), `write "at most ${Math.ceil(all - others)} USD" into docs/operations.md`).toBe(
    Number(most),
  );
  expect(page).toContain('The alarms of each entity beside items add 4 USD at most.');
  expect(others).toBeLessThanOrEqual(4 * (entities.length - 1));
  expect(Math.ceil(nat + requests)).toBe(Number(depends));
});
