import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { start } from '../src/twin/index.ts';
import { editions } from './editions.ts';
import { noShell } from './windows.ts';

const readme = readFileSync('README.md', 'utf8');
const [, session = ''] = /```console\n(.*?)```/s.exec(readme) ?? [];
const steps = session.split(/^\$ /m).slice(1);

const hasCurl = !noShell && spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn('The README’s session is not tested: this machine has no /bin/sh or no curl.');

/** What differs from one run to the next. */
const steady = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(entityTag, 'TAG')
    .replaceAll('\r', '')
    .trim();

/** What stands between the quotes of an entity tag. */
const entityTag = /(?<=")[\w-]{22}(?=\\?")/g;

const running = editions.filter(({ whyNot }) => hasCurl && whyNot === undefined);

it.runIf(hasCurl).each(running)(
  'shows a session that works as it is printed, in the $name edition',
  async ({ template, options }) => {
    expect(steps.length).toBeGreaterThan(3);
    const stack = await start(template, options);
    try {
      const url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
      const tags = new Map<string, string>();
      for (const step of steps) {
        const [printed = '', ...lines] = step.split('\n');
        const expected = lines.join('\n');
        const command = printed
          .replaceAll('http://127.0.0.1:3000/v1', url)
          .replaceAll(entityTag, (tag) => tags.get(tag) ?? tag);
        const { stdout } = await promisify(execFile)('sh', ['-c', command]);
        expect(steady(stdout), command).toBe(steady(expected));
        // The tags that the README shows stand for those of this run.
        const actual = stdout.match(entityTag) ?? [];
        for (const [index, tag] of (expected.match(entityTag) ?? []).entries()) tags.set(tag, actual[index] ?? '');
      }
    } finally {
      await stack.stop();
    }
  },
);
