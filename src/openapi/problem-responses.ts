import { STATUS_CODES } from 'node:http';
import type { Operation } from '../contract/operations.ts';
import { type Problem, type ProblemSlug, problems, problemType } from '../contract/problems.ts';
import type { Components, Json, Reference, ResponseObject } from './types.ts';

/**
 * Returns the error responses of an operation, by status: its own problems, those of all functions, and those of the gateway. A
 * default gateway response covers all other statuses of its range, `4XX` or `5XX`.
 */
export const problemResponses = (operation: Operation): Readonly<Record<string, ResponseObject | Reference>> => {
  const common = commonProblems();
  return Object.fromEntries(
    [...byStatus(slugsOf(operation))].map(([status, slugs]) => [
      status,
      common.has(status) ? { $ref: `#/components/responses/${nameOf(status)}` } : responseOf(status, slugs),
    ]),
  );
};

/** Returns the responses that are the same for all operations, by name. */
export const commonResponses = (): Components['responses'] =>
  Object.fromEntries([...commonProblems()].map(([status, slugs]) => [nameOf(status), responseOf(status, slugs)]));

/** Returns an example of each problem, by slug. */
export const problemExamples = (): Components['examples'] =>
  Object.fromEntries(allSlugs.map((slug) => [slug, { summary: problem(slug).title, value: exampleOf(slug) }]));

const allSlugs = Object.keys(problems) as ProblemSlug[];

const problem = (slug: ProblemSlug): Problem => problems[slug];

/** Returns true for a problem that only some operations have. */
const isOwn = (slug: ProblemSlug): boolean =>
  problem(slug).gatewayResponse === undefined && slug !== 'internal-error' && slug !== 'store-unavailable';

const slugsOf = ({ hasModel, problems: own }: Operation): ProblemSlug[] =>
  allSlugs.filter((slug) => {
    if (isOwn(slug)) return own.includes(slug);
    return problem(slug).gatewayResponse !== 'BAD_REQUEST_BODY' || hasModel === true;
  });

/** Returns problems by status or range, in ascending order. */
const byStatus = (slugs: readonly ProblemSlug[]): Map<string, ProblemSlug[]> => {
  const grouped = Map.groupBy(slugs, (slug) => {
    const { status, gatewayResponse } = problem(slug);
    return status === undefined ? `${gatewayResponse?.slice(-3)}` : String(status);
  });
  return new Map([...grouped].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Returns the common problems of each status for which no operation has a problem of its own. */
const commonProblems = (): Map<string, ProblemSlug[]> =>
  new Map(
    [...byStatus(allSlugs.filter((slug) => !isOwn(slug)))].filter(
      ([status]) => !allSlugs.some((slug) => isOwn(slug) && String(problem(slug).status) === status),
    ),
  );

/** Returns `TooManyRequests` for 429. */
const nameOf = (status: string): string => reasonOf(status).replaceAll(' ', '');

const reasonOf = (status: string): string => {
  if (status === '4XX') return 'Other Client Error';
  if (status === '5XX') return 'Other Server Error';
  return STATUS_CODES[status] ?? status;
};

const responseOf = (status: string, own: readonly ProblemSlug[]): ResponseObject => {
  // A default gateway response can have any status of its range, including statuses of other problems.
  const standard: ProblemSlug = status.startsWith('4') ? 'client-error' : 'server-error';
  const types = [...new Set([...own, standard])].map(problemType);
  const retry = own.filter((slug) => problem(slug).retryAfter !== undefined);
  return {
    description: `${reasonOf(status)}. ${own.map((slug) => `\`${slug}\`: ${problem(slug).title}.`).join(' ')}`,
    headers: {
      'x-amzn-RequestId': { $ref: '#/components/headers/x-amzn-RequestId' },
      ...(retry.length > 0 && { 'Retry-After': { $ref: '#/components/headers/Retry-After' } }),
    },
    content: {
      'application/problem+json': {
        schema: {
          allOf: [{ $ref: '#/components/schemas/Problem' }],
          type: 'object',
          properties: {
            type: { type: 'string', enum: types },
            ...(/^\d+$/.test(status) && { status: { type: 'integer', const: Number(status) } }),
          },
        },
        examples: Object.fromEntries(own.map((slug) => [slug, { $ref: `#/components/examples/${slug}` }])),
      },
    },
  };
};

const exampleOf = (slug: ProblemSlug): Json => {
  const { status, title, detail, example } = problem(slug);
  const requestId = '4f6a1f0e-58b1-4a58-9d1c-2f8f2d6f3a55';
  return {
    type: problemType(slug),
    ...(status !== undefined && { title, status }),
    detail: detail ?? example ?? title,
    instance: `urn:uuid:${requestId}`,
    requestId,
  };
};
