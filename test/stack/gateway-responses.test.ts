import { describe, expect, it } from 'vitest';
import { type ProblemSlug, problems, problemType } from '../../src/contract/problems.ts';
import { ofType } from './built.ts';

/**
 * The response types of API Gateway with their own status codes. Two stand for all others and have none.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const statusCodes: Readonly<Record<string, number | undefined>> = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
};

interface GatewayResponse {
  readonly ResponseType: string;
  readonly StatusCode?: string;
  readonly ResponseParameters: Readonly<Record<string, string>>;
  readonly ResponseTemplates: Readonly<Record<string, string>>;
}

const responses = ofType('AWS::ApiGateway::GatewayResponse').map(
  ([, { Properties }]) => Properties as unknown as GatewayResponse,
);

/** The body that API Gateway makes of a template. It quotes and escapes the message. */
const bodyOf = ({ ResponseTemplates }: GatewayResponse, message = 'A "message"\n'): Record<string, unknown> =>
  JSON.parse(
    String(ResponseTemplates['application/json'])
      .replace('$context.error.messageString', () => JSON.stringify(message))
      .replaceAll('$context.requestId', 'd5b0c1b4-3a9f-4a5e-8f5d-1c2b3a4d5e6f'),
  );

describe('gateway responses', () => {
  it('are one for each type that API Gateway has', () => {
    expect(responses.map(({ ResponseType }) => ResponseType).sort()).toEqual(Object.keys(statusCodes));
  });

  it('have an id that begins with the type', () => {
    for (const [id, { Properties }] of ofType('AWS::ApiGateway::GatewayResponse')) {
      expect(id.toLowerCase()).toBe(`${String(Properties.ResponseType).replaceAll('_', '').toLowerCase()}response`);
      expect(id).toMatch(/^[A-Z]/);
    }
  });

  it.each(responses.map((response) => [response.ResponseType, response] as const))(
    '%s has its own status, title and slug',
    (type, response) => {
      const status = statusCodes[type];
      const [slug, problem] =
        Object.entries(problems).find(([, one]) => 'gatewayResponse' in one && one.gatewayResponse === type) ?? [];
      const body = bodyOf(response);
      expect(response.StatusCode).toBe(status === undefined ? undefined : String(status));
      expect(body).toMatchObject({
        type: problemType(slug as ProblemSlug),
        instance: 'urn:uuid:d5b0c1b4-3a9f-4a5e-8f5d-1c2b3a4d5e6f',
        requestId: 'd5b0c1b4-3a9f-4a5e-8f5d-1c2b3a4d5e6f',
      });
      expect(Object.keys(body)).toEqual([
        'type',
        ...(status === undefined ? [] : ['title', 'status']),
        'detail',
        'instance',
        'requestId',
      ]);
      if (status !== undefined) expect(body).toMatchObject({ title: problem?.title, status });
      expect(body.detail).toBe(problem && 'detail' in problem ? problem.detail : 'A "message"\n');
    },
  );

  it('differ from each other, and from the problems of the functions', () => {
    const all = Object.entries(problems);
    expect(new Set(all.map(([, { title }]) => title)).size).toBe(all.length);
    expect(new Set(responses.map((response) => bodyOf(response).type)).size).toBe(responses.length);
  });

  it('say of a body what both of its causes share: it must be one JSON object', () => {
    const response = responses.find(({ ResponseType }) => ResponseType === 'BAD_REQUEST_BODY');
    expect(response && bodyOf(response)).toMatchObject({
      title: 'The body is not a JSON object',
      detail: 'Send one JSON object as the body (RFC 8259).',
    });
  });

  it('are problem details that nothing caches or takes for another type, and that pages may read', () => {
    for (const { ResponseType, ResponseParameters, ResponseTemplates } of responses) {
      expect(Object.keys(ResponseTemplates), ResponseType).toEqual(['application/json']);
      expect(ResponseParameters, ResponseType).toEqual({
        'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
        'gatewayresponse.header.Access-Control-Expose-Headers': "'*'",
        'gatewayresponse.header.Cache-Control': "'no-store'",
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.X-Content-Type-Options': "'nosniff'",
        ...(ResponseType === 'THROTTLED' && { 'gatewayresponse.header.Retry-After': "'1'" }),
      });
    }
  });
});
