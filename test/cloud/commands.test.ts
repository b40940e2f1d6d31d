import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { criteria } from '../../src/conformance/checklist.ts';
import { groupsOf, type Run, titleOf } from '../../src/conformance/runner.ts';
import { checkout } from '../checkout.ts';
import { editions } from '../editions.ts';
import { adapted } from './adapt.ts';
import { serveCloud } from './cloud.ts';
import { isUnanswered, unanswered } from './differences.ts';
import { openFront } from './front.ts';
import { addValidators, apiId, inventory, invokeUrl } from './stack.ts';

const cloud = serveCloud();

/** More requests a second than the default: the cases come faster, and throttling is what other tests are about. */
const fast = ['ThrottlingRateLimit=10000', 'ThrottlingBurstLimit=5000'].flatMap((value) => ['--parameter', value]);

const readme = readFileSync('README.md', 'utf8');
const [deployLine = '', verifyLine = '', destroyLine = ''] = [
  'deploy -- dev',
  'verify -- URL --sigv4',
  'destroy -- dev',
].map((command) =>
  readme
    .split('\n')
    .find((line) => line.startsWith(`npm run ${command}`))
    ?.replace(/ +#.*/, ''),
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

    const templates = 'items-api-templates-000000000000-us-east-1';
    const deploy = (...more: readonly string[]): Promise<string> => run(deployLine, ...edition, ...fast, ...more);
    await expect(deploy()).rejects.toThrow(`give --yes to create the bucket ${templates} `);
    const deployed = await deploy('--yes');
    expect(deployed).toContain(`${file} as the stack items-dev in us-east-1 of account 000000000000\n`);
    expect(deployed).toContain(`\nCreated the bucket ${templates} `);
    expect(deployed).toMatch(/^items-dev is deployed, in \d+:\d\d$/m);
    const url = await invokeUrl(cloud(), 'items-dev');
    expect(/^ApiInvokeUrl +(.*)$/m.exec(deployed)?.[1]).toBe(url);
    expect(await deploy()).toContain('Nothing to change: items-dev is as');

    await addValidators(cloud(), apiId(url));
    const front = await openFront(cloud().endpoint, url);
    // One case at a time: with more of them it answers later than functions wait, on a machine that is busy.
    const verify = [verifyLine.replace('URL', front.url), '--concurrency', '1'] as const;
    const verified = await run(...verify, ...except.flatMap((title) => ['--except', title]));
    // One needs a second caller, and one is about the stack.
    const open = ["A caller cannot see another caller's data", 'The stack is deployed and destroyed cleanly'];
    expect(verified).not.toMatch(/^FAIL/m);
    expect(Array.from(verified.matchAll(/^open {2}(.*)$/gm), ([, claim]) => claim)).toEqual(open);
    expect(verified.match(/^pass {2}/gm)).toHaveLength(criteria.length + 2 - open.length);
    expect(verified).toMatch(new RegExp(`^\\d+ passed, 0 failed, ${except.length} left out; \\d+ items removed; `, 'm'));
    const others = [...new Set(unanswered.map(({ group }) => group))].flatMap((group) => ['--only', group]);
    await expect(run(...verify, ...others, '--json', 'all.json')).rejects.toThrow('FAIL');
    const { cases }: { cases: Run['verdicts'] } = JSON.parse(readFileSync(join(directory, 'all.json'), 'utf8'));
    expect(cases.filter(({ outcome }) => outcome !== 'passed').map(titleOf)).toEqual(except);
    await front.stop();

    expect(await deploy('--plan')).toContain('Nothing to change: items-dev is as');
    const edited = adapted(template).replace('RetentionInDays: !Ref LogRetentionDays', 'RetentionInDays: 30');
    writeFileSync(join(directory, file), edited);
    await expect(deploy('--plan')).rejects.toThrow(
      /ended with 2:\n[\s\S]*\nchanged \(\d+\)\n[\s\S]*Plan only: the stack is not changed/,
    );
    writeFileSync(join(directory, file), adapted(template));
    expect(await deploy()).toContain('Nothing to change: items-dev is as');

    const destroyed = await run(destroyLine, '--yes');
    expect(destroyed).toContain('items-dev is deleted');
    expect(destroyed).toContain('Nothing is left of it.');
    expect(destroyed).toContain(`The bucket ${templates} for all templates of this account and region is still there`);
    expect(await run(destroyLine, '--yes', '--remove-bucket')).toContain(`The bucket ${templates} is deleted.`);
    expect(await inventory(cloud())).toEqual(before);
  },
);
