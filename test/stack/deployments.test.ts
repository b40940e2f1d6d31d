import { describe, expect, it } from 'vitest';
import type { Properties, Resources } from '../../src/stack/cloudformation.ts';
import { snapshotHash } from '../../src/stack/deployments.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { conditionNames, ofType, properties, ref, references, resource, template } from './built.ts';
import { edition, source } from './edition.ts';

const deployments = ofType('AWS::ApiGateway::Deployment');
const hash = snapshotHash(template.Resources);

/** The resources with one property of one of them changed. */
const changed = (logicalId: string, change: Properties): Resources => {
  const { Properties, ...rest } = resource(logicalId);
  return { ...template.Resources, [logicalId]: { ...rest, Properties: { ...Properties, ...change } } };
};

describe('deployments', () => {
  it('are one for each combination of what methods take from parameters, each with the hash in its id', () => {
    expect(hash).toMatch(/^[0-9a-f]{10}$/);
    const names = ['Iam', 'IamWithKey', 'Cognito', 'CognitoWithKey', 'None', 'NoneWithKey'];
    expect(deployments.map(([id, { Condition }]) => [id, Condition])).toEqual(
      names.map((name) => [`Deployment${name}${hash}`, `Deploys${name}`]),
    );
  });

  it('exclude each other, and one is always there', () => {
    const { Conditions } = template;
    for (const AuthorizationType of ['AWS_IAM', 'COGNITO_USER_POOLS', 'NONE']) {
      for (const RequireApiKey of ['true', 'false']) {
        const values: Record<string, string> = { AuthorizationType, RequireApiKey };
        const holds = (value: unknown): boolean => {
          const [[name, argument] = []] = Object.entries(value as object);
          if (name === 'Condition') return holds(Conditions[argument]);
          if (name === 'Fn::And') return argument.every(holds);
          if (name === 'Fn::Not') return !holds(argument[0]);
          if (name !== 'Fn::Equals') throw new Error(`unexpected ${name}`);
          return values[argument[0].Ref] === argument[1];
        };
        const deployed = deployments.filter(([, { Condition = '' }]) => holds(Conditions[Condition]));
        expect(deployed.length, `${AuthorizationType} ${RequireApiKey}`).toBe(1);
        const choose = (value: unknown): unknown => {
          const { 'Fn::If': branches } = value as { 'Fn::If'?: [string, unknown, unknown] };
          return branches ? choose(branches[holds(Conditions[branches[0]]) ? 1 : 2]) : value;
        };
        expect(choose(properties('Stage').DeploymentId)).toEqual(ref(deployed[0]?.[0] ?? ''));
      }
    }
  });

  it('depend on every method and gateway response, and through these on all else that they capture', () => {
    const captured = Object.entries(template.Resources).filter(([, { Type }]) => isCaptured.test(Type));
    const methods = captured.filter(([, { Type }]) => /::(?:Method|GatewayResponse)$/.test(Type)).map(([id]) => id);
    for (const [id, { DependsOn = [], Properties }] of deployments) {
      expect([...DependsOn].sort()).toEqual(methods.sort());
      expect(captured.map(([other]) => other).filter((other) => !dependencies(id).has(other))).toEqual([]);
      expect(Properties).toEqual({ RestApiId: ref('RestApi') });
    }
  });

  it('depend on nothing that a condition could leave out', () => {
    for (const [, { DependsOn = [] }] of deployments) {
      expect(DependsOn.filter((id) => resource(id).Condition !== undefined)).toEqual([]);
    }
  });

  it('have the stage choose among all of them', () => {
    const { DeploymentId } = properties('Stage');
    expect(references(DeploymentId).sort()).toEqual(deployments.map(([id]) => id).sort());
    expect(new Set(conditionNames(DeploymentId))).toEqual(new Set(['UsesIam', 'UsesCognito', 'RequiresApiKey']));
  });

  it.each<[string, Properties]>([
    ['GetItemMethod', { TimeoutInMillis: 1000 }],
    ['ItemOptionsMethod', { Integration: {} }],
    ['ItemModel', { Schema: {} }],
    ['RequestValidator', { ValidateRequestBody: false }],
    ['ItemResource', { PathPart: '{key}' }],
    ['Default4xxResponse', { StatusCode: '404' }],
    ['Authorizer', { IdentitySource: 'method.request.header.X' }],
    ['RestApi', { MinimumCompressionSize: 1 }],
  ])('get another id when %s changes', (logicalId, change) => {
    expect(snapshotHash(changed(logicalId, change))).not.toBe(hash);
  });

  it('get another id when a method is added or removed', () => {
    const { GetItemMethod, ...fewer } = template.Resources;
    expect(snapshotHash(fewer)).not.toBe(hash);
    const more = { ...template.Resources, PatchItemMethod: resource('GetItemMethod') };
    expect(snapshotHash(more)).not.toBe(hash);
  });

  it.each<[string, Properties]>([
    ['GetItemFunction', { MemorySize: 512 }],
    ['Stage', { TracingEnabled: false }],
    ['ItemsTable', { BillingMode: 'PROVISIONED' }],
    ['RestApi', { Tags: [] }],
  ])('keep their id when %s changes, which they do not capture', (logicalId, change) => {
    expect(snapshotHash(changed(logicalId, change))).toBe(hash);
  });

  it('keep their id when the order of resources changes, and when only code does', () => {
    expect(snapshotHash(Object.fromEntries(Object.entries(template.Resources).reverse()))).toBe(hash);
    const handlers = new Map([...edition.code.handlers].map(([name, handler]) => [name, { ...handler, text: '1;\n' }]));
    const other = buildTemplate(
      { runtime: 'python3.14', code: { ...edition.code, handlers } },
      { ...source, version: '2.0.0' },
    );
    expect(Object.keys(other.Resources)).toEqual(Object.keys(template.Resources));
  });
});

const isCaptured = /ApiGateway::(?:Method|Resource|GatewayResponse|Model|RequestValidator|Authorizer|RestApi)$/;

/** All that a resource refers to, directly or not. */
const dependencies = (id: string, found = new Set<string>()): Set<string> => {
  for (const other of references(template.Resources[id])) {
    if (found.has(other)) continue;
    found.add(other);
    if (other in template.Resources) dependencies(other, found);
  }
  return found;
};
