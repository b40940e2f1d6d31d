import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSource } from '../../src/stack/source.ts';

it('names the package, its version and a hash of all sources, the same each time', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const source = readSource();
  expect(source).toEqual({
    name: 'items-api: src/contract, src/functions, src/stack',
    version,
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(readSource()).toEqual(source);
});
