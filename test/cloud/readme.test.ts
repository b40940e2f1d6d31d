import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problemType } from '../../src/contract/problems.ts';
import { typescript } from '../editions.ts';
import { adapted } from './adapt.ts';
import { serveCloud } from './cloud.ts';
import { openFront } from './front.ts';
import { inventory, invokeUrl } from './stack.ts';

const readme = readFileSync('README.md', 'utf8');
const [line = ''] = /^aws cloudformation deploy --template-file template\.yaml .*$/m.exec(readme) ?? [];
const [, goodbye = ''] = /`(aws cloudformation delete-stack [^`]*)`/.exec(readme) ?? [];

const cloud = serveCloud();

it('the README’s line deploys the template, whose API wants signed requests; its other line takes all of it away', async () => {
  const before = await inventory(cloud());
  writeFileSync(join(cloud().directory, 'template.yaml'), adapted(typescript.template));
  expect(await cloud().run('sh', ['-c', line])).toContain('Successfully created/updated stack - items-dev');

  const front = await openFront(cloud().endpoint, await invokeUrl(cloud(), 'items-dev'));
  const refused = await fetch(`${front.url}/items`);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ type: problemType('forbidden') });
  await front.stop();

  // The first version of the AWS CLI, which is the one on PyPI, makes a failure of it.
  await expect(cloud().run('sh', ['-c', line])).rejects.toThrow('No changes to deploy');
  await cloud().run('sh', ['-c', `${goodbye} && aws cloudformation wait stack-delete-complete --stack-name items-dev`]);
  expect(await inventory(cloud())).toEqual(before);
});
