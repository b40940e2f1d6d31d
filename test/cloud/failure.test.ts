import { expect, it } from 'vitest';
import { serveCloud } from './cloud.ts';
import { aws, deploy, destroy, inventory } from './stack.ts';

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
