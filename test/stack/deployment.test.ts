import { describe, expect, it } from 'vitest';
import type { Template } from '../../src/stack/cloudformation.ts';
import { snapshotHash } from '../../src/stack/deployment.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { edition } from './edition.ts';

const { template } = buildTemplate(edition);
const deployments = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::ApiGateway::Deployment');

/** The hash of the template with one resource changed. */
const changed = (logicalId: string, change: object): string => {
  const resource = template.Resources[logicalId];
  if (!resource) throw new Error(`no ${logicalId}`);
  const Resources = {
    ...template.Resources,
    [logicalId]: { ...resource, Properties: { ...resource.Properties, ...change } },
  };
  return snapshotHash({ ...template, Resources } as Template);
};

describe('deployments', () => {
  const hash = snapshotHash(template);

  it('are one for each combination of what methods take from parameters, each with the hash in its id', () => {
    expect(deployments.map(([id]) => id)).toEqual(
      ['Iam', 'IamKey', 'Cognito', 'CognitoKey', 'None', 'NoneKey'].map((name) => `Deployment${name}${hash}`),
    );
    expect(new Set(deployments.map(([, { Condition }]) => Condition)).size).toBe(6);
  });

  it('wait, directly or not, for all that they capture, and name no stage', () => {
    const captured = Object.entries(template.Resources)
      .filter(([, { Type }]) =>
        /ApiGateway::(Method|Resource|GatewayResponse|Model|RequestValidator|Authorizer)$/.test(Type),
      )
      .map(([id]) => id);
    for (const [id, { Properties }] of deployments) {
      expect(captured.filter((other) => !dependencies(id).has(other))).toEqual([]);
      expect(Properties).not.toHaveProperty('StageName');
    }
  });

  it('have the stage choose among all of them', () => {
    const stage = JSON.stringify(template.Resources.Stage);
    for (const [id] of deployments) expect(stage).toContain(`{"Ref":"${id}"}`);
  });

  it.each([
    ['GetItemMethod', { TimeoutInMillis: 1000 }],
    ['ItemOptionsMethod', { Integration: {} }],
    ['NewItemModel', { Schema: {} }],
    ['RequestValidator', { ValidateRequestBody: false }],
    ['ItemResource', { PathPart: '{key}' }],
    ['Default4xxResponse', { StatusCode: '404' }],
    ['Authorizer', { IdentitySource: 'method.request.header.X' }],
    ['RestApi', { MinimumCompressionSize: 1 }],
  ])('get another id when %s changes', (logicalId, change) => {
    expect(changed(logicalId, change)).not.toBe(hash);
  });

  it.each([
    ['GetItemFunction', { MemorySize: 512 }],
    ['Stage', { TracingEnabled: false }],
    ['ItemsTable', { BillingMode: 'PROVISIONED' }],
    ['RestApi', { Tags: [] }],
  ])('keep their id when %s changes, which they do not capture', (logicalId, change) => {
    expect(changed(logicalId, change)).toBe(hash);
  });

  it('keep their id when the order of resources changes, and in any edition', () => {
    const Resources = Object.fromEntries(Object.entries(template.Resources).reverse());
    expect(snapshotHash({ ...template, Resources })).toBe(hash);
    expect(snapshotHash(buildTemplate({ ...edition, runtime: 'python3.14' }).template)).toBe(hash);
  });
});

const dependencies = (id: string, found = new Set<string>()): Set<string> => {
  const resource = template.Resources[id];
  const text = JSON.stringify(resource ?? {});
  const direct = Object.keys(template.Resources).filter(
    (other) => text.includes(`"${other}"`) || text.includes(`\${${other}`),
  );
  for (const other of direct) {
    if (other !== id && !found.has(other)) {
      found.add(other);
      dependencies(other, found);
    }
  }
  return found;
};
