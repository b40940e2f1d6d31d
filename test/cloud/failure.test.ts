import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeBucketOf } from './bucket.ts';
import { serveCloud } from './cloud.ts';
import { aws, deploy, destroy, inventory, items } from './stack.ts';

const cloud = serveCloud();

/** A log group whose stream is for another one, which is not there. */
const template = (retention: number, stream: string): string => `
Resources:
  Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: first, RetentionInDays: ${retention}}}
  Stream: {Type: AWS::Logs::LogStream, DependsOn: Group, Properties: {LogGroupName: ${stream}, LogStreamName: one}}
`;

const failed = (text: string): Promise<string> =>
  deploy(cloud(), 'items-failing', text).then(
    () => 'nothing failed',
    ({ message }: Error) => message,
  );
const retention = async () => (await aws(cloud(), 'logs', 'describe-log-groups')).logGroups[0].retentionInDays;

it('a deployment that fails names what failed first, and the stack is as it was', async () => {
  const before = await inventory(cloud());
  expect(await failed(template(7, 'second'))).toMatch(
    /\nStream \(AWS::Logs::LogStream\) failed: .*second.*\n.*ROLLBACK_COMPLETE.*npm run destroy -- items-failing/,
  );
  expect(await inventory(cloud()), 'rolled back').toEqual([...before, 'cloudformation Stacks items-failing'].sort());
  expect(await failed(template(7, 'first'))).toMatch(/^.*ROLLBACK_COMPLETE.*npm run destroy -- items-failing/m);
  await destroy(cloud(), 'items-failing');

  await deploy(cloud(), 'items-failing', template(7, 'first'));
  expect(await failed(template(30, 'second'))).toMatch(
    /\nStream \(AWS::Logs::LogStream\) failed: .*\n.*UPDATE_ROLLBACK_COMPLETE, as it was before the deployment/,
  );
  expect(await retention()).toBe(7);
  await destroy(cloud(), 'items-failing');
  expect(await inventory(cloud())).toEqual(before);
});

it('a bucket of another account gets no template', async () => {
  const [guessed, named] = ['items-api-templates-000000000000-us-east-1', 'of-a-stranger'];
  for (const name of [guessed, named]) await makeBucketOf(cloud().endpoint, '111111111111', name);
  const { directory, run } = cloud();
  mkdirSync(join(directory, 'environments'), { recursive: true });
  writeFileSync(join(directory, 'environments/large.json'), '{"stackName":"items-large"}');
  writeFileSync(
    join(directory, 'template.yaml'),
    `${template(7, 'first')}${'# a comment that makes it large\n'.repeat(2000)}`,
  );
  for (const [name, more] of [
    [guessed, []],
    [named, ['--bucket', named]],
  ] as const) {
    await expect(run(process.execPath, [items, 'deploy', 'large', '--yes', ...more])).rejects.toThrow(
      new RegExp(`\\nS3 denies access to the bucket ${name}( \\(Access Denied\\))?: it belongs to another account, or `),
    );
  }
  const { Stacks } = await aws(cloud(), 'cloudformation', 'describe-stacks');
  expect(Stacks).toEqual([]);
});
