import { describe, expect, it } from 'vitest';
import { compileAccessLog, logGroupOfArn } from '../../../src/twin/gateway/access-log.ts';
import type { Context } from '../../../src/twin/gateway/context.ts';
import { contextOf, request } from './support.ts';

const variables = () => {
  const context: Context = {
    ...contextOf(request({ headers: [['User-Agent', 'a "quoted" \\ agent']] })),
    status: 200,
    authorizer: { claims: { 'custom:role': 'admin' } },
    error: { message: 'm "q"', messageString: '"m \\"q\\""', responseType: 'THROTTLED' },
  };
  return { context, stageVariables: {} };
};

describe('compileAccessLog', () => {
  it('writes the Common Log Format, with - for what has no value', () => {
    const given = variables();
    const format =
      '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime]"$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId';
    expect(compileAccessLog(format)(given)).toBe(
      `127.0.0.1 - - [22/Nov/2026:09:05:03 +0000]"GET - HTTP/1.1" 200 - ${given.context.requestId}`,
    );
  });

  it('escapes values for JSON, but not the message that is a JSON string already', () => {
    const format =
      '{"id":"$context.requestId","agent":"$context.identity.userAgent","error":$context.error.messageString,"role":"$context.authorizer.claims.custom:role","none":"$context.nothing.at.all"}\n';
    const given = variables();
    expect(JSON.parse(compileAccessLog(format)(given))).toEqual({
      id: given.context.requestId,
      agent: 'a "quoted" \\ agent',
      error: 'm "q"',
      role: 'admin',
      none: '-',
    });
  });

  it('stays JSON with the message in quotes, and not with messageString', () => {
    const failed = variables();
    const { error: _, ...context } = variables().context;
    const line = (error: string, given: typeof failed): string =>
      compileAccessLog(`{"id":"$context.requestId","error":${error}}`)(given);
    const succeeded = { context, stageVariables: {} };
    expect(JSON.parse(line('"$context.error.message"', failed))).toMatchObject({ error: 'm "q"' });
    expect(JSON.parse(line('"$context.error.message"', succeeded))).toMatchObject({ error: '-' });
    expect(line('$context.error.messageString', succeeded)).toMatch(/"error":-}$/);
    expect(line('"$context.error.messageString"', failed)).toContain('"error":""m \\"q\\"""}');
  });

  it('rejects a format without a request id, and one of several lines', () => {
    expect(() => compileAccessLog('$context.status')).toThrow(/lacks the request id/);
    expect(() => compileAccessLog('{\n"id":"$context.requestId"}')).toThrow(/line break/);
  });
});

describe('logGroupOfArn', () => {
  it('reads the name with or without the wildcard at its end', () => {
    expect(logGroupOfArn('arn:aws:logs:eu-west-1:123456789012:log-group:api/access')).toBe('api/access');
    expect(logGroupOfArn('arn:aws:logs:eu-west-1:123456789012:log-group:/aws/api:*')).toBe('/aws/api');
    expect(() => logGroupOfArn('arn:aws:firehose:eu-west-1:123456789012:deliverystream/amazon-apigateway-x')).toThrow(
      /log group/,
    );
  });
});
