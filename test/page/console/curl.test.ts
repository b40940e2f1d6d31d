import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type CurlRequest, curlCommand } from '../../../src/page/console/curl.ts';
import { noShell } from '../../windows.ts';

const command = (more: Partial<CurlRequest>): string =>
  curlCommand({
    method: 'GET',
    url: 'http://127.0.0.1:3000/v1/items',
    headers: [],
    body: Buffer.alloc(0),
    region: 'us-east-1',
    ...more,
  });

/** The arguments that a shell gives to curl, and its standard input. */
const argumentsOf = (text: string, variables: Record<string, string> = {}) => {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${text}`;
  return execFileSync('bash', ['-c', script], { env: { ...process.env, ...variables }, encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
};

describe('a request as a curl command', () => {
  it('has method, URL and headers, without those that curl makes itself', () => {
    const headers: [string, string][] = [
      ['Host', '127.0.0.1:3000'],
      ['User-Agent', 'curl/8'],
      ['If-None-Match', '"a"'],
      ['X-Empty', ''],
      ['content-length', '3'],
    ];
    expect(command({ headers })).toBe(`curl -i http://127.0.0.1:3000/v1/items -H 'If-None-Match: "a"' -H 'X-Empty;'`);
    expect(command({ method: 'DELETE', url: 'http://127.0.0.1:3000/v1/items/a?b=c&d' })).toBe(
      `curl -i -X DELETE 'http://127.0.0.1:3000/v1/items/a?b=c&d'`,
    );
  });

  it.skipIf(noShell)('brings a body unchanged, whatever is in it (needs bash)', () => {
    const text = `{"a":"it's $HOME \`ls\` \\"\n!"}@`;
    const body = Buffer.from(text);
    expect(argumentsOf(command({ method: 'POST', body }))).toEqual([
      '-i',
      '-X',
      'POST',
      'http://127.0.0.1:3000/v1/items',
      '--data-raw',
      text,
    ]);
  });

  it('brings bytes that are no text through standard input', () => {
    expect(command({ method: 'PUT', body: Buffer.from([0, 255]) })).toBe(
      'base64 -d <<< AP8= | curl -i -X PUT http://127.0.0.1:3000/v1/items --data-binary @-',
    );
  });

  it('signs anew what was signed, with variables for the keys', () => {
    const headers: [string, string][] = [
      ['Authorization', 'AWS4-HMAC-SHA256 Credential=AKIA/20261129/us-east-1/execute-api/aws4_request, Signature=secret'],
      ['X-Amz-Date', '20261129T120000Z'],
      ['x-amz-security-token', 'secret'],
      ['Accept', '*/*'],
    ];
    expect(command({ headers })).toBe(
      `curl -i --aws-sigv4 aws:amz:us-east-1:execute-api --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" http://127.0.0.1:3000/v1/items -H 'Accept: */*'`,
    );
  });

  it.skipIf(noShell)('has variables in the place of other credentials (needs bash)', () => {
    const headers: [string, string][] = [
      ['authorization', 'Bearer secret'],
      ['x-api-key', 'secret'],
      ['Cookie', 'a=secret'],
      ['X-Auth-Token', 'secret'],
    ];
    const text = command({ headers });
    expect(text).not.toContain('secret');
    const words = argumentsOf(text, { TOKEN: 'one', API_KEY: 'two', COOKIE: 'three', AUTH_TOKEN: 'four' });
    expect(words.filter((word) => word.includes(': '))).toEqual([
      'authorization: one',
      'x-api-key: two',
      'Cookie: three',
      'X-Auth-Token: four',
    ]);
  });
});
