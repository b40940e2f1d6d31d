import createClient, { type Client } from 'openapi-fetch';
import { type RetryOptions, retrying, type Send } from './retry.ts';
import type { paths } from './schema.ts';
import { type SigV4Options, signed } from './sign.ts';

/** A client of the API, typed by its OpenAPI document: `client.GET('/items/{id}', { params: { path: { id: 'lamp' } } })`. */
export type ItemsClient = Client<paths>;

/** Options for authorization and retries. The authorization depends on how the API is deployed. */
export interface ClientOptions {
  /** Credentials and region that requests are signed with, for AuthorizationType AWS_IAM. */
  readonly sigv4?: SigV4Options;
  /** An id token of the Cognito user pool, or a function that returns one that has not expired, for COGNITO_USER_POOLS. */
  readonly token?: string | (() => Promise<string>);
  /** An API key, for RequireApiKey true. */
  readonly apiKey?: string;
  readonly retry?: RetryOptions;
}

/**
 * Creates a client of the API at a URL such as `https://….execute-api.eu-central-1.amazonaws.com/v1`. If the API responds with a
 * problem, its calls do not throw: the problem is in `error`. They throw the TypeError of fetch if no attempt gets a response.
 */
export const createItemsClient = (url: string, options: ClientOptions = {}): ItemsClient =>
  createClient<paths>({
    baseUrl: url,
    // Each attempt is authorized again, because signatures and tokens expire.
    fetch: retrying(
      authorizing((request) => fetch(request), options),
      options.retry,
    ),
  });

const authorizing =
  (send: Send, { sigv4, token, apiKey }: ClientOptions): Send =>
  async (request) => {
    const headers = new Headers(request.headers);
    if (token !== undefined) headers.set('authorization', typeof token === 'string' ? token : await token());
    if (apiKey !== undefined) headers.set('x-api-key', apiKey);
    const authorized = new Request(request, { headers });
    return send(sigv4 ? await signed(authorized, sigv4) : authorized);
  };
