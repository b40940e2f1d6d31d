import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { groupsOf, type Run, titleOf } from '../../src/conformance/runner.ts';
import { editions } from '../editions.ts';
import { adapted } from './adapt.ts';
import { bucket } from './bucket.ts';
import { checkout } from './checkout.ts';
import { serveCloud } from './cloud.ts';
import { isUnanswered, unanswered } from './differences.ts';
import { openFront } from './front.ts';
import { addValidators, apiId, inventory, invokeUrl } from './stack.ts';

const cloud = serveCloud();

/** More requests a second than the default: the cases come faster, and throttling is what other tests are about. */
const fast = ['ThrottlingRateLimit=10000', 'ThrottlingBurstLimit=5000'].flatMap((value) => ['--parameter', value]);

const readme = readFileSync('README.md', 'utf8');
const [deployLine = '', verifyLine = '', destroyLine = ''] = [
  'deploy -- dev --bucket BUCKET',
  'verify -- URL --sigv4',
  'destroy -- dev',
].map((command) =>
  readme
    .split('\n')
    .find((line) => line.startsWith(`npm run ${command}`))
    ?.replace(/ +#.*/, '')
    .replace('BUCKET', bucket),
);

/** The cases that ministack cannot answer, as `items verify` names them. */
const except = Object.entries(groupsOf({ authorize: () => ({}) })).flatMap(([group, members]) =>
  members
    .map(({ name }) => ({ group, name }))
    .filter(isUnanswered)
    .map(titleOf),
);

it.each(editions)(
  'the README’s three commands deploy, verify and destroy the $name edition',
  async ({ name, template, file }) => {
    const before = await inventory(cloud());
    const directory = checkout(join(cloud().directory, name));
    writeFileSync(join(directory, file), adapted(template));
    const run = (line: string, ...more: readonly string[]): Promise<string> =>
      cloud().run('sh', ['-c', `cd "$0" && ${line} "$@"`, directory, ...more]);
    const edition = name === 'Python' ? ['--edition', 'python'] : [];

    const deploy = (): Promise<string> => run(deployLine, ...edition, ...fast);
    const deployed = await deploy();
    expect(deployed).toContain(`${file} as the stack items-dev in us-east-1\n`);
    expect(deployed).toMatch(/^items-dev is deployed, in \d+:\d\d$/m);
    const url = await invokeUrl(cloud(), 'items-dev');
    expect(/^ApiInvokeUrl +(.*)$/m.exec(deployed)?.[1]).toBe(url);
    expect(await deploy()).toContain('Nothing to change: items-dev is as');

    await addValidators(cloud(), apiId(url));
    const front = await openFront(cloud().endpoint, url);
    // One case at a time: with more of them it answers later than functions wait, on a machine that is busy.
    const verify = [verifyLine.replace('URL', front.url), '--concurrency', '1'] as const;
    const verified = await run(...verify, ...except.flatMap((title) => ['--except', title]));
    expect(verified.match(/^(pass|FAIL|open) {2}/gm)).toEqual([...Array(10).fill('pass  '), 'open  ']);
    expect(verified).toMatch(new RegExp(`^\\d+ passed, 0 failed, ${except.length} left out; \\d+ items removed; `, 'm'));
    const others = [...new Set(unanswered.map(({ group }) => group))].flatMap((group) => ['--only', group]);
    await expect(run(...verify, ...others, '--json', 'all.json')).rejects.toThrow('FAIL');
    const { cases }: { cases: Run['verdicts'] } = JSON.parse(readFileSync(join(directory, 'all.json'), 'utf8'));
    expect(cases.filter(({ outcome }) => outcome !== 'passed').map(titleOf)).toEqual(except);
    await front.stop();

    const destroyed = await run(destroyLine, '--yes');
    expect(destroyed).toContain('items-dev is deleted');
    expect(destroyed).toContain('Nothing is left of it.');
    expect(await inventory(cloud())).toEqual(before);
  },
);
