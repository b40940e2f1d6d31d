import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type Stack, start } from '../../src/twin/index.ts';
import { checkPython } from '../../src/twin/lambda/python-check.ts';
import { editions, inPython } from '../editions.ts';
import { python } from '../functions/python/python.ts';

const template = readFileSync(new URL('fixture.yaml', import.meta.url), 'utf8');
const call = "console.warn('greeting');";
const stacks: Stack[] = [];
const run = async (...parameters: Parameters<typeof start>): Promise<Stack> => {
  const stack = await start(...parameters);
  stacks.push(stack);
  return stack;
};
afterEach(() => Promise.all(stacks.splice(0).map((stack) => stack.stop())));

describe('a stack', () => {
  it('names each syntax error once, by logical id, line and text, also after an update', async () => {
    const stack = await run(template.replace(call, `${call.slice(0, -2)};`));
    expect(await stack.checkCode()).toEqual([
      expect.stringMatching(
        /^Function \(items-local-Function-\w+\): its code has a syntax error in line 2, "console\.warn\('greeting';": missing \) /,
      ),
    ]);
    expect(await stack.checkCode()).toEqual([]);
    await stack.update(template);
    expect(await stack.checkCode()).toEqual([]);
    await stack.update(template.replace(call, 'return (;'));
    expect(await stack.checkCode()).toEqual([expect.stringMatching(/in line 2, "return \(;": Unexpected token ';'; every/)]);
  });

  it('names modules that are missing, with their line and the remedy', async () => {
    const load =
      "require('@aws-sdk/lib-x'); require('lodash/fp'); require('aws-sdk'); require('./own'); require('node:fs');";
    const stack = await run(template.replace(call, load), { nodeModules: 'node_modules' });
    const sentence = (module: string, remedy: string, problem = 'is not installed') =>
      expect.stringMatching(
        new RegExp(
          `^Function \\(items-local-Function-\\w+\\): line 2 of index\\.js, ".*, imports ${module}, which ${problem}; ${remedy}.*\\.$`,
        ),
      );
    expect(await stack.checkCode()).toEqual([
      sentence('@aws-sdk/lib-x', 'install it with "npm install @aws-sdk/lib-x", or name .* --node-modules DIR'),
      sentence('lodash/fp', "Lambda's runtimes do not include it"),
      sentence('aws-sdk', "Lambda's runtimes have version 3"),
      sentence('./own', 'inline code consists of one file', 'does not exist'),
    ]);
  });

  it.each(editions.filter(({ whyNot }) => whyNot === undefined))(
    'of this API has none in the $name edition, and stops while it is asked',
    async ({ template: text, options }) => {
      const stack = await run(text, options);
      expect(await stack.checkCode()).toEqual([]);
      const other = await run(text, options);
      const checking = other.checkCode();
      await other.stop();
      expect(await checking).toEqual([]);
    },
  );
});

describe.skipIf(inPython.whyNot !== undefined)('the code of a function in Python', () => {
  const check = (...sources: string[]) =>
    checkPython(
      sources.map((zipFile, index) => ({ functionName: `f${index}`, runtime: 'python3.13', handler: 'index.f', zipFile })),
      { python },
    );
  const faults = async (...sources: string[]) => (await check(...sources)).syntax;

  it('is compiled in one process for all functions', async () => {
    const good = 'import sys\nif "é":\n  def lambda_handler(event, context):\n    return {"statusCode": 200}\n';
    expect(await faults(good, 'x = (1\n', good, 'def f()\n  pass\n', '\tx\n  y\n')).toEqual(
      ['f1', 'f3', 'f4'].map((functionName) => ({ functionName, line: 1, message: expect.any(String) })),
    );
    // Some versions tell no line.
    expect(await faults('a\0b')).toMatchObject([{ functionName: 'f0', message: expect.stringContaining('null byte') }]);
  });

  it('names modules that nobody has, and none that may be missing', async () => {
    const code = [
      'import os, json.decoder, sys, numpy',
      'try:',
      '  import requests',
      'except ImportError:',
      '  requests = None',
      'def handler(event, context):',
      '  from pandas.io import sql',
      '  from collections.abc import Mapping',
    ].join('\n');
    expect((await check('', code)).missing).toEqual(
      [
        ['numpy', 1, 'import os, json.decoder, sys, numpy'],
        ['pandas', 7, 'from pandas.io import sql'],
      ].map(([module, line, text]) => ({
        ...{ functionName: 'f1', file: 'index.py', module, line, text },
        remedy: "Lambda's runtimes do not include it, and inline code cannot contain packages",
      })),
    );
  });

  it('knows what its bootstrap lets through', () => {
    const names = (file: string, name: string): string | undefined =>
      new RegExp(`^ *${name} = (\\{.*\\})$`, 'm').exec(readFileSync(`src/twin/lambda/bootstrap/${file}`, 'utf8'))?.[1];
    expect(names('check_code.py', 'SDK')).toMatch(/^\{"boto3", .*\}$/);
    expect(names('check_code.py', 'SDK')).toBe(names('python.py', 'names'));
  });
});
