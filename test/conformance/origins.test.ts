import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi } from '../../src/conformance/api.ts';
import { cases } from '../../src/conformance/index.ts';
import { type Stack, start } from '../../src/local/index.ts';

let stack: Stack;
let url: string;

beforeAll(async () => {
  const parameters = { AuthorizationType: 'NONE', AllowedOrigins: 'https://one.example,https://two.example' };
  stack = await start(readFileSync('template.yaml', 'utf8'), { parameters });
  url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
});
afterAll(() => stack.stop());

describe.each(['https://one.example', 'https://two.example'])('for %s, which is allowed', (origin) => {
  it.each(cases['cross-origin'] ?? [])('$name', ({ run }) => run(openApi({ url, origin })));
});

it.each(['GET', 'POST', 'OPTIONS'])('a %s from an origin that is not allowed is answered without CORS', async (method) => {
  const body = method === 'POST' ? new TextEncoder().encode('{}') : null;
  for (const origin of ['https://three.example', 'https://one.example,https://two.example']) {
    const { headers, status } = await fetch(`${url}/items`, { method, body, headers: { origin } });
    expect(status).toBeLessThan(300);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('vary')).toBe('Origin');
  }
});
