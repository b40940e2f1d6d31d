import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { responseHeaders } from '../../src/contract/responses.ts';
import * as written from '../../src/functions/typescript/contract.ts';
import { constants } from '../../src/stack/code/contract-constants.ts';
import { pythonContract, typescriptContract } from '../../src/stack/code/contract-file.ts';
import { environment, python, whyNot } from './python/python.ts';

const plain = (value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value);

describe('the constants of the contract', () => {
  it('are those that the functions in TypeScript import', () => {
    expect({ ...written }).toEqual(Object.fromEntries(constants.map(({ name, value }) => [name, plain(value)])));
    expect(written.exposedHeaders).toEqual(Object.keys(responseHeaders));
  });

  it.skipIf(whyNot !== undefined)('are the same in Python', () => {
    const code = `import json, re
from functions.python import contract
names = [name for name in vars(contract) if name.isupper()]
print(json.dumps({name: getattr(contract, name) for name in names}, default=lambda pattern: {"pattern": pattern.pattern}))`;
    const { stdout } = spawnSync(python, ['-c', code], { env: environment(), encoding: 'utf8' });
    const expected = constants.map(({ name, value }) => [
      name.replaceAll(/[A-Z]/g, '_$&').toUpperCase(),
      value instanceof RegExp ? { pattern: value.source.replaceAll('\\/', '/') } : plain(value),
    ]);
    expect(JSON.parse(stdout)).toEqual(Object.fromEntries(expected));
  });

  it('keep within the width of the functions, whatever a comment says', () => {
    for (const text of [typescriptContract(), pythonContract()])
      expect(text.split('\n').filter((line) => line.length > 106)).toEqual([]);
  });
});
