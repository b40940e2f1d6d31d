import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openApi } from '../../src/conformance/api.ts';
import { cases } from '../../src/conformance/index.ts';
import { type Stack, start } from '../../src/local/index.ts';

let stack: Stack;
let url: string;

beforeAll(async () => {
  stack = await start(readFileSync('template.yaml', 'utf8'), { parameters: { AuthorizationType: 'NONE' } });
  url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
});
afterAll(() => stack.stop());

describe.each(Object.entries(cases))('%s', (_group, members) => {
  it.each(members)('$name', ({ run }) => run(openApi({ url })));
});
