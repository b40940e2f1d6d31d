import { failAt } from '../../cloudformation/intrinsics/scope.ts';
import type { Json } from '../../cloudformation/json.ts';
import type { RunningResources } from '../../cloudformation/stack.ts';
import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import type { Prepared } from '../prepare.ts';
import type { Services } from '../resource.ts';
import type { Description } from './description.ts';
import type { StackOverview } from './events.ts';

/** Returns a running stack for its observers. Values of parameters with NoEcho are masked, as in CloudFormation. */
export const overviewOf = (
  { template, plan, scope }: Prepared,
  description: Description,
  {
    resources,
    services,
    stack,
  }: { readonly resources: RunningResources; readonly services: Services; readonly stack: StackIdentity },
): StackOverview => ({
  ...description,
  name: stack.name,
  region: stack.region,
  parameters: [...scope.parameters].map(([name, value]) => ({
    name,
    value: isSecret(template.parameters.get(name)) ? '****' : textOf(value),
  })),
  resources: plan.resources.map(({ logicalId, owner, type }) => ({
    logicalId,
    type: type.type,
    physicalId: String(resources.ref(logicalId, failAt(owner))),
  })),
  functions: services.lambda.functions().map(({ functionName, logicalId, runtime, memorySize, timeout }) => ({
    logicalId: logicalId ?? functionName,
    functionName,
    runtime,
    memorySize,
    timeout,
  })),
});

/** The value of NoEcho was validated when the template was parsed. */
const isSecret = (declaration: object | undefined): boolean =>
  declaration !== undefined && 'NoEcho' in declaration && String(declaration.NoEcho) === 'true';

const textOf = (value: Json): string => (Array.isArray(value) ? value.join(',') : String(value));
