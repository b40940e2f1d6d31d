import type { operations } from './schema.ts';

/** A problem (RFC 9457) that the API responds with. Its `type` tells which; TypeScript narrows the other members by it. */
export type Problem = ProblemOf<operations[keyof operations]>;

/** The `type` of a problem, such as `urn:items-api:problem:item-not-found`. */
export type ProblemType = Problem['type'];

/** The API rejected the request or failed. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.type}: ${problem.detail} (request ${problem.requestId})`);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** True if an error is a problem of one of these types. Decide by the type: titles and details are for people. */
export const isProblem = (error: unknown, ...types: ProblemType[]): error is ProblemError =>
  error instanceof ProblemError && types.includes(error.problem.type);

/** The problem that the body of a response tells; undefined if it is none, as that of a proxy on the way. */
export const problemOf = (body: unknown): Problem | undefined => {
  if (typeof body === 'string') return problemOf(parsed(body));
  const isOne = typeof body === 'object' && body !== null && 'type' in body && 'detail' in body && 'requestId' in body;
  // The rest of its form is what the API promises.
  return isOne ? (body as Problem) : undefined;
};

/**
 * The data of a response that succeeded. Throws a ProblemError or, if the body of the response is no problem, an Error with status
 * and body.
 */
export const dataOf = <Data>({ data, error, response }: Result<Data>): Data => {
  if (response.ok) return data as Data;
  const problem = problemOf(error);
  if (problem) throw new ProblemError(problem);
  const text = typeof error === 'string' ? error : JSON.stringify(error);
  throw new Error([`${response.status} ${response.statusText}`, text].filter(Boolean).join(': '));
};

/** The result of a call of openapi-fetch. */
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
