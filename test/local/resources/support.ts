import { Problems } from '../../../src/local/errors.ts';
import { createIam } from '../../../src/local/iam/index.ts';
import { createNetwork } from '../../../src/local/network/index.ts';
import { planStack } from '../../../src/local/plan.ts';
import type { Services } from '../../../src/local/resource.ts';
import { resourceTypes } from '../../../src/local/resources/index.ts';
import { startResources } from '../../../src/local/stack.ts';
import { parseTemplate } from '../../../src/local/template/template.ts';

const stack = {
  name: 'items-dev',
  id: 'arn:aws:cloudformation:us-east-1:123456789012:stack/items-dev/1',
  region: 'us-east-1',
  accountId: '123456789012',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
};

/** Starts the resources of a template that uses the network and IAM only. */
export const startTemplate = async (resources: string, conditions: Readonly<Record<string, boolean>> = {}) => {
  const template = parseTemplate(`Resources:\n${resources}`);
  const condition = (name: string) => conditions[name];
  const scope = { stack, parameters: new Map(), mappings: template.mappings, condition };
  const problems = new Problems();
  const plan = planStack(template, resourceTypes, scope, problems);
  problems.throwIfAny();
  const network = createNetwork();
  const iam = createIam();
  const running = await startResources(plan, scope, { network, iam } as Services);
  return { running, network, iam };
};
