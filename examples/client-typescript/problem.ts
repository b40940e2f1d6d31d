import type { operations } from './schema.ts';

/** A problem (RFC 9457) that the API responds with. TypeScript narrows its other members by its `type`. */
export type Problem = ProblemOf<operations[keyof operations]>;

/** The `type` of a problem, such as `urn:items-api:problem:item-not-found`. */
export type ProblemType = Problem['type'];

/** The error thrown if the API rejects a request or fails. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.type}: ${problem.detail} (request ${problem.requestId})`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Returns true if an error is a problem of one of these types. Test the type, because titles and details are for people. */
export const isProblem = (error: unknown, ...types: ProblemType[]): error is ProblemError =>
  error instanceof ProblemError && types.includes(error.problem.type);

/** Returns the problem in the body of a response; undefined if there is none, such as in the response of a proxy. */
export const problemOf = (body: unknown): Problem | undefined => {
  if (typeof body === 'string') return problemOf(parsed(body));
  const isOne = typeof body === 'object' && body !== null && 'type' in body && 'detail' in body && 'requestId' in body;
  // The API guarantees the other members.
  return isOne ? (body as Problem) : undefined;
};

/**
 * Returns the data of a successful response. Throws a ProblemError or, if the body is not a problem, an Error with status and
 * body.
 */
export const dataOf = <Data>({ data, error, response }: Result<Data>): Data => {
  if (response.ok) return data as Data;
  const problem = problemOf(error);
  if (problem) throw new ProblemError(problem);
  const text = typeof error === 'string' ? error : JSON.stringify(error);
  throw new Error([`${response.status} ${response.statusText}`, text].filter(Boolean).join(': '));
};

/** The result of an openapi-fetch call. */
interface Result<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

type ProblemOf<Operation> = Operation extends { responses: infer Responses } ? Body<Responses[keyof Responses]> : never;
type Body<Response> = Response extends { content: { 'application/problem+json': infer Content } } ? Content : never;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
