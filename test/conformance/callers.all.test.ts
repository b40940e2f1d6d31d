import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { authorization } from '../../src/conformance/cases/authorization.ts';
import { callers } from '../../src/conformance/cases/callers.ts';
import type { Target } from '../../src/conformance/send.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import { editions } from '../editions.ts';
import { claims, createKey, poolArn, token } from '../twin/gateway/user-pool.ts';
import { passes } from './passes.ts';

describe.each(editions)('the $name edition, for users of a pool', ({ template, options, whyNot }) => {
  const folder = mkdtempSync(join(tmpdir(), 'items-jwks-'));
  const jwks = join(folder, 'jwks.json');
  const key = createKey('1');
  writeFileSync(jwks, JSON.stringify({ keys: [key.jwk] }));
  const bearer = (sub: string) => () => ({ authorization: token(key, claims({ sub })) });
  let stack: Stack | undefined;
  let target: Target = { url: '' };
  beforeAll(async () => {
    if (whyNot !== undefined) return;
    const parameters = { ...options.parameters, AuthorizationType: 'COGNITO_USER_POOLS', UserPoolArn: poolArn };
    stack = await start(template, { ...options, parameters, jwks });
    const url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
    target = { url, authorize: bearer('one'), authorizeOther: bearer('two') };
  });
  afterAll(async () => {
    await stack?.stop();
    rmSync(folder, { recursive: true });
  });

  it.skipIf(whyNot !== undefined).each([...callers, ...authorization])('$name', (member) => passes(target, member));
});
