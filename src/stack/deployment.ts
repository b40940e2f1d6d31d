import { createHash } from 'node:crypto';
import { CfnCondition, Fn, type Stack } from 'aws-cdk-lib';
import { CfnDeployment } from 'aws-cdk-lib/aws-apigateway';
import type { Api } from './api.ts';
import type { Template } from './cloudformation.ts';
import { comment } from './comment.ts';
import type { Conditions } from './conditions.ts';

/**
 * Adds the deployments and returns the id of the one that the parameters ask for. A deployment is a snapshot and does not
 * follow changes. So its logical id carries a hash of what it captures, and there is one for each combination of the
 * parameters that methods take: whatever changes, another deployment is made and the stage moves to it.
 */
export const addDeployments = (stack: Stack, api: Api, conditions: Conditions, hash: string): string => {
  const deploy = (name: string, authorization: CfnCondition, requiresApiKey: boolean): string => {
    const key = requiresApiKey ? conditions.RequiresApiKey : Fn.conditionNot(conditions.RequiresApiKey);
    const deployment = new CfnDeployment(stack, `Deployment${name}${hash}`, {
      restApiId: api.restApi.ref,
    });
    deployment.cfnOptions.condition = new CfnCondition(stack, `Deploys${name}`, {
      expression: Fn.conditionAnd(authorization, key),
    });
    for (const part of api.captured) deployment.addResourceDependency(part);
    if (name === 'Iam') comment(deployment, deploymentsComment);
    return deployment.ref;
  };
  const choose = (condition: CfnCondition, then: string, otherwise: string): string =>
    Fn.conditionIf(condition.logicalId, then, otherwise).toString();
  const byKey = (name: string, authorization: CfnCondition): string => {
    const withoutKey = deploy(name, authorization, false);
    return choose(conditions.RequiresApiKey, deploy(`${name}Key`, authorization, true), withoutKey);
  };
  const iam = byKey('Iam', conditions.UsesIam);
  const cognito = byKey('Cognito', conditions.UsesCognito);
  const none = byKey('None', conditions.UsesNone);
  return choose(conditions.UsesIam, iam, choose(conditions.UsesCognito, cognito, none));
};

const deploymentsComment = `Deployments are snapshots: later changes to the API do not get into them. So their ids end in a hash of it, and each
combination of the parameters that methods take has its own: whatever changes, the stage moves to another one`;

/** The combinations of parameters, as logical ids name them. */
export const deploymentWays = ['Iam', 'IamKey', 'Cognito', 'CognitoKey', 'None', 'NoneKey'] as const;

/** What a deployment captures. */
const capturedTypes = new Set([
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
]);

/** A hash of all that a deployment of this template captures, and of nothing else: ten hexadecimal digits. */
export const snapshotHash = ({ Resources }: Template): string => {
  const captured = Object.entries(Resources)
    .filter(([, { Type }]) => capturedTypes.has(Type))
    .map(([logicalId, { Type, Properties: { Tags, ...properties } = {} }]) => [logicalId, [Type, properties]]);
  const text = JSON.stringify(canonical(Object.fromEntries(captured)));
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
};

/** The same value with the keys of every object in order, as order means nothing here. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
};
