import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type Stack, start } from '../../src/local/index.ts';
import { syntaxFaults } from '../../src/local/lambda/syntax.ts';
import { editions, inPython } from '../editions.ts';

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
  const faults = (...sources: string[]) =>
    syntaxFaults(sources.map((zipFile, index) => ({ functionName: `f${index}`, runtime: 'python3.13', zipFile })));

  it('is compiled in one process for all functions', async () => {
    const good = 'import sys\nif "é":\n  def lambda_handler(event, context):\n    return {"statusCode": 200}\n';
    expect(await faults(good, 'x = (1\n', good, 'def f()\n  pass\n', '\tx\n  y\n')).toEqual(
      ['f1', 'f3', 'f4'].map((functionName) => ({ functionName, line: 1, message: expect.any(String) })),
    );
    // Some versions tell no line.
    expect(await faults('a\0b')).toMatchObject([{ functionName: 'f0', message: expect.stringContaining('null byte') }]);
  });
});
