import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { pythonPrograms } from '../../scan/python.ts';
import { adapted } from '../../test/cloud/adapt.ts';
import { makeBucket, putTemplate } from '../../test/cloud/bucket.ts';
import { environment, region, startCloud } from '../../test/cloud/ministack.ts';
import { open } from './parameters.ts';
import type { Server } from './server.ts';

/** Installs ministack in the same environment as the tests. */
export const installMinistack = async (): Promise<void> => {
  await pythonPrograms(environment, join(import.meta.dirname, '../../test/cloud/requirements.txt'));
};

/**
 * Starts ministack with the stack of template.yaml, without what ministack does differently from AWS (test/cloud/differences.ts).
 */
export const ministack = async (): Promise<Server> => {
  const { endpoint, pid, stop } = await startCloud();
  try {
    await makeBucket(endpoint);
    const client = new CloudFormationClient({
      endpoint,
      region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await client.send(
      new CreateStackCommand({
        StackName: 'items',
        TemplateURL: await putTemplate(endpoint, template()),
        Parameters: Object.entries(open).map(([name, value]) => ({ ParameterKey: name, ParameterValue: value })),
        Capabilities: ['CAPABILITY_IAM'],
      }),
    );
    const { Outputs = [] } = await created(client);
    const invokeUrl = new URL(Outputs.find(({ OutputKey }) => OutputKey === 'ApiInvokeUrl')?.OutputValue ?? '');
    const [apiId] = invokeUrl.hostname.split('.');
    return { url: `${endpoint}/_aws/execute-api/${apiId}${invokeUrl.pathname}`, pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const template = (): string => adapted(readFileSync(resolve(import.meta.dirname, '../../template.yaml'), 'utf8'));

/**
 * Returns the stack once it is created. The waiter of the SDK polls every few seconds, which would make ministack look slower.
 */
const created = async (client: CloudFormationClient): Promise<Stack> => {
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: 'items' }));
    if (stack?.StackStatus === 'CREATE_COMPLETE') return stack;
    if (stack?.StackStatus !== 'CREATE_IN_PROGRESS') throw new Error(`the stack is ${stack?.StackStatus}`);
    await pause(10);
  }
};
