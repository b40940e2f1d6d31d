import { casesOfEntities, operationCases } from './index.ts';
import type { Run, Verdict } from './runner.ts';

/** A success criterion of the API, with the cases that prove it: whole groups, or some cases of a group by name. */
export interface Criterion {
  readonly claim: string;
  readonly provenBy: Readonly<Record<string, 'all' | readonly string[]>>;
  /** Returns further evidence from the responses. */
  readonly measure?: (run: Run) => string;
}

/**
 * The result of a criterion. It is `open` if not all its cases ran and none failed. Cases that were left out do not count, unless
 * all were.
 */
export interface Judgement {
  readonly claim: string;
  readonly status: 'pass' | 'fail' | 'open';
  readonly evidence: string;
}

/** Promises of the API, in the order of interest to readers. */
export const criteria: readonly Criterion[] = [
  {
    claim: 'Items can be created, read, updated, deleted and listed over HTTP',
    provenBy: {
      ...Object.fromEntries(Object.keys({ ...operationCases, ...casesOfEntities }).map((group) => [group, 'all'] as const)),
      'GET /items': ['lists items as GET returns them', 'gives 25 items a page unless told otherwise'],
    },
    measure: ({ responses }) => {
      const times = responses.map(({ duration }) => duration).sort((a, b) => a - b);
      const median = times[Math.floor(times.length / 2)] ?? 0;
      return `${times.length} responses, median ${Math.round(median)} ms, slowest ${Math.round(times.at(-1) ?? 0)} ms`;
    },
  },
  {
    claim: 'Input that is not valid is rejected with a 4xx that says how to correct it',
    provenBy: {
      rejections: 'all',
      'POST /items': ['responds with 409 for an id that is taken and leaves the item as it is'],
      'PUT /items/{id}': [
        'responds with 400 for an id other than the path’s',
        'responds with 400 for more entity tags than it can look at',
      ],
      'GET /items': ['responds with 400 for a bad limit', 'responds with 400 for a cursor that it did not make'],
      'Idempotency-Key': ['a key of over 255 characters is a 400'],
    },
  },
  {
    claim: 'Errors have one shape, with CORS headers and the request id, from functions and gateway',
    provenBy: {
      rejections: 'all',
      'GET /items/{id}': ['responds with 404 for an id that is not there, and for one that cannot be'],
      'cross-origin': ['pages of every origin may read why the gateway rejects them'],
    },
    measure: ({ responses }) => `${responses.filter(({ status }) => status >= 400).length} error responses`,
  },
  {
    claim: 'No write is lost when 50 race',
    provenBy: {
      concurrency: 'all',
      'PUT /items/{id}': ['honours If-Match', 'honours If-None-Match'],
      'DELETE /items/{id}': ['honours If-Match', 'honours If-None-Match', 'an item of the same id has another entity tag'],
    },
  },
  {
    claim: 'A create can be repeated safely',
    provenBy: {
      'Idempotency-Key': 'all',
      concurrency: ['of 10 parallel creates with one Idempotency-Key all get the same response'],
    },
  },
  {
    claim: 'Numbers, names and texts come back exactly as they were sent',
    provenBy: { fidelity: 'all', rejections: ['400 that names what cannot be kept exactly'] },
  },
  { claim: 'Lists are complete, page by page', provenBy: { 'GET /items': 'all' } },
  { claim: 'Pages of allowed origins may call, and no others', provenBy: { 'cross-origin': 'all' } },
  { claim: 'Callers must authenticate', provenBy: { authorization: 'all' } },
  { claim: "A caller cannot see another caller's data", provenBy: { callers: 'all' } },
];

/**
 * Returns the checklist: every criterion with its result, whether the run left items behind, and the criterion that no run can
 * test.
 */
export const judge = (run: Run): Judgement[] => [
  ...criteria.map((criterion) => judgeOne(criterion, run)),
  cleanliness(run),
  lifecycle,
];

/** Returns true if the case is evidence for the criterion. */
export const proves = ({ provenBy }: Criterion, { group, name }: Pick<Verdict, 'group' | 'name'>): boolean => {
  const members = provenBy[group];
  return members === 'all' || members?.includes(name) === true;
};

const judgeOne = (criterion: Criterion, run: Run): Judgement => {
  const { claim, provenBy, measure } = criterion;
  const relevant = run.verdicts.filter((verdict) => proves(criterion, verdict));
  const count = (outcome: Verdict['outcome']): number => relevant.filter((verdict) => verdict.outcome === outcome).length;
  const asked = relevant.length - count('left out');
  const isWhole = asked > 0 && Object.keys(provenBy).every((group) => relevant.some((verdict) => verdict.group === group));
  const parts = [`${count('passed')} of ${asked} cases passed`];
  if (count('left out')) parts.push(`${count('left out')} left out`);
  if (count('not run')) parts.push(`${count('not run')} not run`);
  if (!isWhole) parts.push('others were not selected');
  if (measure && asked) parts.push(measure(run));
  const evidence = asked ? parts.join(', ') : 'none of its cases was selected';
  return { claim, status: count('failed') ? 'fail' : isWhole && !count('not run') ? 'pass' : 'open', evidence };
};

const cleanliness = ({ items: { created, deleted, removed, remaining } }: Run): Judgement => ({
  claim: 'Nothing is left behind',
  status: remaining.length ? 'fail' : 'pass',
  evidence: `${created} items created, ${deleted} deleted by the cases, ${removed} removed after them, ${remaining.length} left`,
});

/** HTTP requests cannot show how a stack was created, or what remains of it. */
const lifecycle: Judgement = {
  claim: 'The stack is deployed and destroyed cleanly',
  status: 'open',
  evidence: 'not checked here: "items deploy" follows it to its end, "items destroy" names what is left',
};
