import { createHash } from 'node:crypto';
import { operations } from '../contract/operations.ts';
import { and, condition, not, type Properties, type Resources, ref, when } from './cloudformation.ts';
import { gatewayResponseIds } from './gateway-responses.ts';
import type { Group } from './group.ts';
import { methodId } from './operation.ts';
import { apiPaths } from './paths.ts';
import { preflightId } from './preflight.ts';

/**
 * Values of AuthorizationType by the name of their condition. A deployment captures them; `RequiresApiKey` makes two deployments
 * of each.
 */
const authorizations = { Iam: 'UsesIam', Cognito: 'UsesCognito', None: 'UsesNone' } as const;

/**
 * Returns the deployments. A deployment is a snapshot of methods, models and gateway responses, and does not follow later
 * changes. So its logical id ends in a hash of what it captures, and each combination of the parameters that change methods has
 * its own deployment.
 */
export const deployments = (hash: string): Group => {
  const DependsOn = [
    ...operations.map(methodId),
    ...apiPaths().map(({ name }) => preflightId(name)),
    ...gatewayResponseIds(),
  ];
  return {
    heading: 'Deployments: one snapshot of the API for each combination of AuthorizationType and RequireApiKey',
    text: `A deployment keeps the methods, models and gateway responses as they are when it is created. The stage refers to the
deployment that matches the parameters, so that a change of a parameter takes effect. After any change to methods, models or gateway
responses, give the deployments new logical ids and change the references in DeploymentId of the stage. Here the ids end in a hash
of those resources.`,
    resources: Object.fromEntries(
      combinations().map(({ name }) => [
        deploymentId(name, hash),
        {
          Type: 'AWS::ApiGateway::Deployment',
          Condition: `Deploys${name}`,
          DependsOn,
          Properties: { RestApiId: ref('RestApi') },
        },
      ]),
    ),
  };
};

/** Returns a condition for each deployment: true if the parameters select it. */
export const deploymentConditions = (): Properties =>
  Object.fromEntries(combinations().map(({ name, expression }) => [`Deploys${name}`, expression]));

/** Returns the id of the deployment that the parameters select. */
export const chosenDeployment = (hash: string): Properties => {
  const byKey = (name: string): Properties =>
    when('RequiresApiKey', ref(deploymentId(`${name}WithKey`, hash)), ref(deploymentId(name, hash)));
  return when('UsesIam', byKey('Iam'), when('UsesCognito', byKey('Cognito'), byKey('None')));
};

const deploymentId = (name: string, hash: string): string => `Deployment${name}${hash}`;

const combinations = (): { readonly name: string; readonly expression: Properties }[] =>
  Object.entries(authorizations).flatMap(([name, authorization]) => [
    { name, expression: and(condition(authorization), not(condition('RequiresApiKey'))) },
    { name: `${name}WithKey`, expression: and(condition(authorization), condition('RequiresApiKey')) },
  ]);

/** Resource types that a deployment captures. */
const capturedTypes: ReadonlySet<string> = new Set(
  ['Authorizer', 'GatewayResponse', 'Method', 'Model', 'RequestValidator', 'Resource', 'RestApi'].map(
    (name) => `AWS::ApiGateway::${name}`,
  ),
);

/** Returns a hash, ten hexadecimal digits, of what a deployment of these resources captures and of nothing else. */
export const snapshotHash = (resources: Resources): string => {
  const captured = Object.entries(resources)
    .filter(([, { Type }]) => capturedTypes.has(Type))
    .map(
      ([
        logicalId,
        {
          Type,
          Properties: { Tags, ...properties },
        },
      ]) => [logicalId, [Type, properties]],
    );
  const text = JSON.stringify(canonical(Object.fromEntries(captured)));
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
};

/** Returns the same value with the keys of every object sorted, because their order has no meaning here. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
};
