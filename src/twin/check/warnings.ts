import type { Plan } from '../../cloudformation/plan.ts';
import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import { roleSession } from '../iam/identity.ts';
import { isKnownPolicy } from '../iam/managed-policies.ts';
import { mayWriteLogs } from '../lambda/execution-role.ts';
import type { FunctionConfiguration } from '../lambda/lambda.ts';
import { reachability } from '../network/reachability.ts';
import type { Services } from '../resource.ts';
import { resourceTypes } from '../resources/index.ts';
import { notSimulated } from './known-differences.ts';

/**
 * Returns warnings about faults that AWS accepts at deployment and that only appear when functions run, such as functions that
 * cannot reach DynamoDB or may not write their logs. Each cause has one sentence with the functions affected and the remedy.
 * `references` maps the `Ref` and the `Arn` of each resource to its logical id.
 */
export const warnings = (stack: StackIdentity, services: Services, references: ReadonlyMap<string, string>): string[] =>
  [...differing(services), ...unknownPolicies(services), ...unreachable(stack, services), ...silent(stack, services)].map(
    (text) => named(text, references),
  );

/** Returns one sentence for each feature that the template enables and the twin does not simulate, with its resources. */
export const notSimulatedWarnings = ({ resources }: Plan): string[] =>
  Object.entries(notSimulated).flatMap(([subject, { types, effect }]) => {
    const names = resources.filter(({ type }) => types.includes(type.type)).map(({ logicalId }) => logicalId);
    return names.length > 0 ? [`${subject} is not simulated (${names.join(', ')}): ${effect}.`] : [];
  });

/** Returns one sentence that lists the resources of types that the twin does not have. */
export const inertWarnings = ({ resources }: Plan): string[] => {
  const inert = resources.filter(({ type }) => !resourceTypes.has(type.type)).map(({ owner }) => owner);
  return inert.length > 0 ? [`Inert because of --allow-inert: ${inert.join(', ')}.`] : [];
};

/** Replaces each ARN and generated id by the logical id. */
export const withLogicalIds = (text: string, references: ReadonlyMap<string, string>): string =>
  text.replace(generatedName, (word) => references.get(word) ?? word);

/** ARNs, ids such as `vpc-0a4e688a41e30b5c6`, and those of API Gateway, such as `mhljvlc03k`. */
const generatedName = /\barn:[\w:/-]+|\b[a-z]+-[0-9a-f]{8,}\b|\b(?=[a-z]*\d)[a-z\d]{10}\b/g;

/** Inserts the logical id before each physical id, because template authors only recognize logical ids. */
const named = (text: string, references: ReadonlyMap<string, string>): string =>
  text.replace(/[\w:/-]+/g, (word) => (references.has(word) ? `${references.get(word)} (${word})` : word));

const differing = ({ gateway }: Services): string[] => [
  ...gateway
    .stages()
    .flatMap(({ name, apiName, remarks }) => remarks.map((text) => `The stage ${name} of ${apiName}: ${text}.`)),
  ...gateway
    .withoutStage()
    .map(
      ({ name, url }) =>
        `${name} has no stage: every request to ${url} returns 403, as on AWS; declare an AWS::ApiGateway::Stage.`,
    ),
];

const unknownPolicies = ({ iam }: Services): string[] => {
  const attached = [...iam.roles.values()].flatMap(({ arn, managedPolicyArns }) =>
    [...managedPolicyArns].filter((policyArn) => !isKnownPolicy(policyArn, iam)).map((policyArn) => ({ arn, policyArn })),
  );
  return [...Map.groupBy(attached, ({ policyArn }) => policyArn)].map(([policyArn, roles]) => {
    const names = roles.map(({ arn }) => arn).join(', ');
    return `${names} has ${policyArn}, whose document the twin does not have: it allows nothing. Add the permissions for DynamoDB and logs to a policy of the stack.`;
  });
};

const unreachable = ({ region }: StackIdentity, { lambda, network, dynamodb }: Services): string[] => {
  if (dynamodb.tables.size === 0) return [];
  const byReason = grouped(lambda.functions(), ({ vpcConfig }) => {
    const found = reachability(network, vpcConfig, { name: 'dynamodb', region });
    return found.reachable ? undefined : found.reason;
  });
  return [...byReason].map(([reason, names]) => `${names} cannot reach DynamoDB; calls to it will time out: ${reason}.`);
};

const silent = (stack: StackIdentity, { lambda, iam }: Services): string[] => {
  const byRole = grouped(lambda.functions(), ({ roleArn, functionName: sessionName, logGroup }) => {
    const role = iam.roles.get(roleArn);
    const identity = role && roleSession(role, iam.managedPolicies, { sessionName });
    return identity === undefined || mayWriteLogs(identity, logGroup, stack) ? undefined : roleArn;
  });
  return [...byRole].map(
    ([roleArn, names]) =>
      `${names} will write no logs: ${roleArn} does not allow logs:CreateLogStream and logs:PutLogEvents on their log group; allow both, or attach AWSLambdaBasicExecutionRole.`,
  );
};

/** Groups the names of functions by the text that `say` returns. */
const grouped = (
  functions: Iterable<FunctionConfiguration>,
  say: (configuration: FunctionConfiguration) => string | undefined,
): Map<string, string> => {
  const names = new Map<string, string>();
  for (const configuration of functions) {
    const text = say(configuration);
    if (text === undefined) continue;
    const before = names.get(text);
    names.set(text, before === undefined ? configuration.functionName : `${before}, ${configuration.functionName}`);
  }
  return names;
};
