import { STATUS_CODES } from 'node:http';
import type { Operation } from '../contract/operations.ts';
import { type Problem, type ProblemSlug, problems, problemType } from '../contract/problems.ts';
import type { Components, Json, Reference, ResponseObject } from './types.ts';

/**
 * The responses of an operation that failed, by status: those with its own problems, those that any function gives, and those of
 * the gateway. A default gateway response stands for every other status of its range, `4XX` or `5XX`.
 */
export const problemResponses = (operation: Operation): Readonly<Record<string, ResponseObject | Reference>> =>
  Object.fromEntries(
    [...byStatus(slugsOf(operation))].map(([status, slugs]) => {
      const shared = Object.entries(sharedSlugs).find(([, [code, own]]) => code === status && own.join() === slugs.join());
      return [status, shared ? { $ref: `#/components/responses/${shared[0]}` } : responseOf(status, slugs)];
    }),
  );

/** The responses that are alike in every operation, by name. */
export const sharedResponses = (): Components['responses'] =>
  Object.fromEntries(Object.entries(sharedSlugs).map(([name, [status, slugs]]) => [name, responseOf(status, slugs)]));

/** An example of each problem, by slug. */
export const problemExamples = (): Components['examples'] =>
  Object.fromEntries(slugs().map((slug) => [slug, { summary: problem(slug).title, value: exampleOf(slug) }]));

const problem = (slug: ProblemSlug): Problem => problems[slug];

const slugs = (): ProblemSlug[] => Object.keys(problems) as ProblemSlug[];

const slugsOf = ({ model, problems: own }: Operation): ProblemSlug[] =>
  slugs().filter((slug) => {
    const { gatewayResponse } = problem(slug);
    if (gatewayResponse === 'BAD_REQUEST_BODY') return model !== undefined;
    return gatewayResponse !== undefined || own.includes(slug) || always.includes(slug);
  });

/** The problems that a function of any operation may respond with. */
const always: readonly ProblemSlug[] = ['internal-error', 'store-unavailable'];

/** Problems by status, in the order of the statuses. */
const byStatus = (all: readonly ProblemSlug[]): Map<string, ProblemSlug[]> => {
  const grouped = Map.groupBy(all, (slug) => {
    const { status, gatewayResponse } = problem(slug);
    return status === undefined ? `${gatewayResponse?.slice(-3)}` : String(status);
  });
  return new Map([...grouped].sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Status and problems of the responses that no operation adds to. */
const sharedSlugs: Readonly<Record<string, readonly [status: string, slugs: readonly ProblemSlug[]]>> = Object.fromEntries(
  [...byStatus(slugs().filter((slug) => problem(slug).gatewayResponse !== undefined || always.includes(slug)))]
    .filter(([status]) => !slugs().some((slug) => problem(slug).status === Number(status) && !isShared(slug)))
    .map(([status, own]) => [nameOf(status), [status, own]]),
);

function isShared(slug: ProblemSlug): boolean {
  return problem(slug).gatewayResponse !== undefined || always.includes(slug);
}

/** `TooManyRequests` for 429. */
function nameOf(status: string): string {
  return reasonOf(status).replaceAll(' ', '');
}

function reasonOf(status: string): string {
  if (status === '4XX') return 'Other Client Error';
  if (status === '5XX') return 'Other Server Error';
  return STATUS_CODES[status] ?? status;
}

const responseOf = (status: string, own: readonly ProblemSlug[]): ResponseObject => {
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
            type: { type: 'string', enum: own.map(problemType) },
            ...(/^\d+$/.test(status) && { status: { type: 'integer', const: Number(status) } }),
          },
          ...(/^\d+$/.test(status) && { required: ['title', 'status'] }),
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
