import { FaultCollector } from '../../../src/cloudformation/errors.ts';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { planStack } from '../../../src/cloudformation/plan.ts';
import { startResources } from '../../../src/cloudformation/stack.ts';
import { parseTemplate } from '../../../src/cloudformation/template/template.ts';
import { createIam } from '../../../src/twin/iam/index.ts';
import { createNetwork } from '../../../src/twin/network/index.ts';
import type { Services } from '../../../src/twin/resource.ts';
import { resourceTypes } from '../../../src/twin/resources/index.ts';
import { createCloudWatch } from '../../../src/twin/small-services/cloudwatch.ts';
import { createLogs } from '../../../src/twin/small-services/logs.ts';
import { createSns } from '../../../src/twin/small-services/sns.ts';
import { createWaf } from '../../../src/twin/small-services/waf.ts';
import { createXRay } from '../../../src/twin/small-services/xray.ts';

const stack = {
  name: 'items-dev',
  id: 'arn:aws:cloudformation:us-east-1:123456789012:stack/items-dev/1',
  region: 'us-east-1',
  accountId: '123456789012',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
};

/** Resources of a template, one a line; what is undefined is left out. */
export const resources = (declarations: Readonly<Record<string, JsonObject>>): string =>
  Object.entries(declarations)
    .map(([logicalId, declaration]) => `  ${logicalId}: ${JSON.stringify(declaration)}\n`)
    .join('');

/** Starts the resources of a template that needs neither DynamoDB nor Lambda nor API Gateway. */
export const startTemplate = async (resources: string, conditions: Readonly<Record<string, boolean>> = {}) => {
  const template = parseTemplate(`Resources:\n${resources}`);
  const condition = (name: string) => conditions[name];
  const scope = { stack, parameters: new Map(), mappings: template.mappings, condition };
  const faults = new FaultCollector();
  const plan = planStack(template, resourceTypes, scope, faults);
  faults.throwIfAny();
  const network = createNetwork();
  const iam = createIam();
  const services = {
    network,
    iam,
    cloudwatch: createCloudWatch(),
    sns: createSns(),
    waf: createWaf(),
    xray: createXRay(),
    logs: createLogs(),
  };
  const running = await startResources(plan, scope, services as Services);
  return { running, ...services };
};
