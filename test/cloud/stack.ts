import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucket } from './bucket.ts';
import { validatedModels } from './differences.ts';
import type { Cloud } from './ministack.ts';

/** The program that the commands of package.json run. */
export const items = join(import.meta.dirname, '../../bin/items.mjs');

/** Creates or updates a stack with `items deploy`; settles with what that wrote. Other parameters have their defaults. */
export const deploy = (
  cloud: Cloud,
  stackName: string,
  template: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const environments = join(cloud.directory, 'environments');
  const file = `${stackName}.yaml`;
  mkdirSync(environments, { recursive: true });
  writeFileSync(join(environments, `${stackName}.json`), JSON.stringify({ stackName, parameters }));
  writeFileSync(join(cloud.directory, file), template);
  return cloud.run(process.execPath, [items, 'deploy', stackName, '--template', file, '--bucket', bucket, '--yes']);
};

/** Deletes a stack that `deploy` made with `items destroy`, which finds nothing left; settles with what that wrote. */
export const destroy = (cloud: Cloud, stackName: string): Promise<string> =>
  cloud.run(process.execPath, [items, 'destroy', stackName, '--yes']);

/** Every resource in every service of the cloud that the templates use, by kind and name. */
export const inventory = async (cloud: Cloud): Promise<string[]> =>
  JSON.parse(await cloud.run('python', [join(import.meta.dirname, 'inventory.py')]));

/** What a command of the AWS CLI answers, null for nothing. */
// biome-ignore lint/suspicious/noExplicitAny: it has whatever shape the command has.
export const aws = async (cloud: Cloud, ...args: readonly string[]): Promise<any> =>
  JSON.parse((await cloud.run('aws', [...args, '--output', 'json'])) || 'null');

/** The invoke URL of a deployed stack. */
export const invokeUrl = async (cloud: Cloud, stackName: string): Promise<string> => {
  const { Stacks } = await aws(cloud, 'cloudformation', 'describe-stacks', '--stack-name', stackName);
  const outputs: { OutputKey: string; OutputValue: string }[] = Stacks[0].Outputs;
  return outputs.find(({ OutputKey }) => OutputKey === 'ApiInvokeUrl')?.OutputValue ?? '';
};

/** The id of the API with this invoke URL. */
export const apiId = (url: string): string => new URL(url).hostname.split('.')[0] ?? '';

/** The stage at this invoke URL, as API Gateway describes it. */
// biome-ignore lint/suspicious/noExplicitAny: tests assert the shape themselves.
export const stageOf = (cloud: Cloud, url: string): Promise<any> => {
  const stageName = new URL(url).pathname.slice(1);
  return aws(cloud, 'apigateway', 'get-stage', '--rest-api-id', apiId(url), '--stage-name', stageName);
};

/** Makes up for what the stack's API lacks, see differences.ts. */
export const addValidators = (cloud: Cloud, restApiId: string): Promise<string> =>
  cloud.run('python', [join(import.meta.dirname, 'add_validators.py'), restApiId, ...validatedModels]);
