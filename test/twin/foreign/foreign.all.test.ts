import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, start } from '../../../src/twin/index.ts';
import { type Exchange, rejected, served } from './templates.ts';

const folder = new URL('.', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

describe.each(served.filter(({ whyNot }) => whyNot === undefined))(
  '$file: $style',
  ({ file, options, output, exchanges, warnings = [] }) => {
    let stack: Stack | undefined;
    beforeAll(async () => {
      stack = await start(read(file), { region: 'us-east-1', stackName: 'foreign', ...options });
    });
    afterAll(() => stack?.stop());

    it('starts and answers', async () => {
      expect(stack?.warnings).toEqual(expect.arrayContaining([...warnings]));
      const url = stack?.outputs.find(({ key }) => key === output)?.value;
      for (const exchange of exchanges) {
        const { request, status, headers = {}, body } = exchange;
        expect({ request, ...(await answer(url, exchange)) }).toEqual({
          request,
          status,
          headers: expect.objectContaining(headers),
          body,
        });
      }
    });
  },
);

const answer = async (url: string | undefined, { request, sent }: Exchange): Promise<object> => {
  const [method = '', path = ''] = request.split(' ');
  const response = await fetch(`${url}${path}`, { method, headers: sent?.headers ?? {}, body: sent?.body ?? null });
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), body: parsed(text) };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

describe('is rejected by name', () => {
  it.each(rejected)('$file: $what', async ({ file, code, message }) => {
    await expect(start(read(file))).rejects.toMatchObject({
      name: 'LocalError',
      code,
      message: expect.stringMatching(message),
    });
  });
});

it('shows every template of the folder', () => {
  const files = readdirSync(folder).filter((file) => !file.endsWith('.ts'));
  expect(new Set([...served, ...rejected].map(({ file }) => file))).toEqual(new Set(files));
});
