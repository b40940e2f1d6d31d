import { randomUUID } from 'node:crypto';
import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import { randomHex } from '../requests/random-hex.ts';
import { type HttpRequest, headerValue } from './http.ts';

/**
 * The `$context` variables of one request. Mapping templates, gateway responses, access logs and the proxy event read them here.
 * Each step of a request writes them with the functions of `write-context.ts`. An absent variable has no value.
 */
export interface Context {
  readonly accountId: string;
  readonly apiId: string;
  readonly deploymentId?: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  readonly identity: Identity;
  readonly operationName?: string;
  readonly path: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  readonly resourceId?: string;
  readonly resourcePath?: string;
  readonly stage: string;
  readonly xrayTraceId?: string;
  readonly authorizer?: Readonly<Record<string, unknown>>;
  readonly error?: ErrorVariables;
  readonly status?: number;
  readonly responseLatency?: number;
  readonly responseLength?: number;
  readonly integration?: IntegrationVariables;
  readonly integrationErrorMessage?: string;
  readonly integrationLatency?: number;
  readonly integrationStatus?: number;
  readonly requestOverride: Record<'header' | 'path' | 'querystring', Record<string, unknown>>;
  readonly responseOverride: { header: Record<string, unknown>; status?: unknown };
}

/**
 * Identity of the caller. As in AWS's events, fields that no authorization has set are null, and the fields of an API key are
 * absent.
 */
export interface Identity {
  readonly accessKey: string | null;
  readonly accountId: string | null;
  readonly apiKey?: string;
  readonly apiKeyId?: string;
  readonly caller: string | null;
  readonly cognitoAuthenticationProvider: string | null;
  readonly cognitoAuthenticationType: string | null;
  readonly cognitoIdentityId: string | null;
  readonly cognitoIdentityPoolId: string | null;
  readonly principalOrgId: string | null;
  readonly sourceIp: string;
  readonly user: string | null;
  readonly userAgent: string | null;
  readonly userArn: string | null;
}

export interface ErrorVariables {
  readonly message: string;
  /** The message as a JSON string, quotes included. */
  readonly messageString: string;
  readonly responseType: string;
  readonly validationErrorString?: string;
}

export interface IntegrationVariables {
  readonly error?: string;
  /** Status of the function's own response. */
  readonly integrationStatus?: number;
  readonly latency?: number;
  /** Status of the Invoke call. */
  readonly status?: number;
}

/** Creates the first variables of a request to a stage of an API. */
export const createContext = (
  request: HttpRequest,
  api: { apiId: string; stage: string; stack: StackIdentity },
): Context => {
  const domainName = domainNameOf(api.apiId, api.stack);
  return {
    accountId: api.stack.accountId,
    apiId: api.apiId,
    domainName,
    domainPrefix: api.apiId,
    extendedRequestId: Buffer.from(randomHex(22), 'hex').toString('base64'),
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: headerValue(request.headers, 'User-Agent') ?? null,
      userArn: null,
    },
    path: request.path,
    protocol: request.protocol,
    requestId: uuidOf(chosenRequestId(request)) ?? randomUUID(),
    requestTime: commonLogTime(request.receivedAt),
    requestTimeEpoch: request.receivedAt.getTime(),
    stage: api.stage,
    requestOverride: { header: {}, path: {}, querystring: {} },
    responseOverride: { header: {} },
  };
};

/**
 * Returns the request id for the access log. A client can choose the id with the header x-amzn-RequestId if it is a UUID. If it
 * is not, the log contains the id that replaced it, with a suffix:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html.
 * It is not documented whether other places show that suffix. The twin shows it in the access log only.
 */
export const loggedRequestId = (request: HttpRequest, { requestId }: Pick<Context, 'requestId'>): string => {
  const chosen = chosenRequestId(request);
  return chosen === undefined || uuidOf(chosen) ? requestId : `${requestId}_REPLACED_INVALID_REQUEST_ID`;
};

const chosenRequestId = ({ headers }: HttpRequest): string | undefined => headerValue(headers, 'x-amzn-RequestId');

const uuidOf = (text: string | undefined): string | undefined =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(text ?? '')?.[0];

/**
 * Returns the domain name of an API on AWS, not the Host header of the twin. Functions use it to identify the API and its
 * environment.
 */
export const domainNameOf = (apiId: string, { region, urlSuffix }: StackIdentity): string =>
  `${apiId}.execute-api.${region}.${urlSuffix}`;

/** Formats a time in the Common Log Format, in UTC: `20/Nov/2026:09:05:03 +0000`. */
export const commonLogTime = (time: Date): string => {
  const iso = time.toISOString();
  return `${iso.slice(8, 10)}/${months[time.getUTCMonth()]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
