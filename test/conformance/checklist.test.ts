import { describe, expect, it } from 'vitest';
import { criteria, judge, proves } from '../../src/conformance/checklist.ts';
import { cases } from '../../src/conformance/index.ts';
import { groupsOf, type Run, type Verdict } from '../../src/conformance/runner.ts';

const all = Object.entries(groupsOf({ authorize: () => ({}), authorizeOther: () => ({}) })).flatMap(([group, members]) =>
  members.map(({ name }) => ({ group, name })),
);
const items = { created: 3, deleted: 1, removed: 2, remaining: [] };

const run = (outcome: (which: Pick<Verdict, 'group' | 'name'>) => Verdict['outcome'] | undefined, more = {}): Run => ({
  verdicts: all.flatMap((which) => {
    const came = outcome(which);
    return came ? [{ ...which, outcome: came, duration: 1 }] : [];
  }),
  responses: [{ method: 'GET', path: '/items', status: 404, text: '', duration: 7 }],
  items,
  duration: 9,
  ...more,
});

/** Without the last, which is the same for every run. */
const judged = (of: Run) => judge(of).slice(0, -1);
const statuses = (of: Run): string[] => judged(of).map(({ status }) => status);

describe('criteria', () => {
  it('name cases that there are', () => {
    for (const { provenBy, claim } of criteria) {
      for (const [group, members] of Object.entries(provenBy)) {
        const names = all.filter((one) => one.group === group).map(({ name }) => name);
        expect(names.length, `${claim}: ${group}`).toBeGreaterThan(0);
        if (members !== 'all') expect(names, claim).toEqual(expect.arrayContaining([...members]));
      }
    }
  });

  it('leave out no case', () => {
    expect(all.filter((which) => !criteria.some((criterion) => proves(criterion, which)))).toEqual([]);
  });
});

describe('a checklist', () => {
  it('passes where all cases pass and nothing is left', () => {
    expect(new Set(statuses(run(() => 'passed')))).toEqual(new Set(['pass']));
    expect(judged(run(() => 'passed'))[0]?.evidence).toMatch(
      /^\d+ of \d+ cases passed, 1 responses, median 7 ms, slowest 7 ms$/,
    );
  });

  it('fails what a failed case proves, and nothing else', () => {
    const failed = judged(run(({ group }) => (group === 'fidelity' ? 'failed' : 'passed')));
    expect(failed.filter(({ status }) => status !== 'pass').map(({ claim }) => claim)).toEqual([
      'Numbers, names and texts come back exactly as they were sent',
    ]);
  });

  it('is open where cases were not run or not selected', () => {
    const interrupted = judged(run(({ group }) => (group === 'fidelity' ? 'not run' : 'passed')));
    expect(interrupted.find(({ status }) => status === 'open')?.evidence).toMatch(/^1 of \d+ cases passed, \d+ not run$/);
    const partial = judged(run(({ group }) => (group === 'cross-origin' ? 'passed' : undefined)));
    expect(partial.filter(({ status }) => status === 'pass').map(({ claim }) => claim)).toEqual([
      'Pages of allowed origins may call, and no others',
      'Nothing is left behind',
    ]);
    expect(partial[0]).toMatchObject({ status: 'open', evidence: 'none of its cases was selected' });
  });

  it('passes less what was left out, and says so; with all of it left out there is nothing to say', () => {
    const less = judged(run(({ name }) => (name.startsWith('a preflight allows') ? 'left out' : 'passed')));
    expect(new Set(less.map(({ status }) => status))).toEqual(new Set(['pass']));
    const { evidence } = less.find(({ claim }) => claim.startsWith('Pages')) ?? {};
    const [, passed, asked, without] = /^(\d+) of (\d+) cases passed, (\d+) left out$/.exec(evidence ?? '') ?? [];
    expect([passed, Number(asked) + Number(without)]).toEqual([asked, cases['cross-origin']?.length]);
    expect(Number(without)).toBeGreaterThan(0);
    const none = judged(run(({ group }) => (group === 'cross-origin' ? 'left out' : 'passed')));
    expect(none.find(({ status }) => status !== 'pass')).toMatchObject({
      claim: 'Pages of allowed origins may call, and no others',
      status: 'open',
      evidence: 'none of its cases was selected',
    });
  });

  it('fails where something is left', () => {
    const left = run(() => 'passed', { items: { ...items, remaining: ['item a'] } });
    expect(judged(left).at(-1)).toMatchObject({
      status: 'fail',
      evidence: expect.stringMatching(/^3 items created, .* 1 left$/),
    });
  });

  it('says what it cannot tell, and who can', () => {
    expect(judge(run(() => 'passed')).at(-1)).toMatchObject({
      claim: 'The stack is deployed and destroyed cleanly',
      status: 'open',
      evidence: expect.stringMatching(/^not checked here: .*"items destroy"/),
    });
  });
});
