import type { Change, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { needsConsent, plannedChanges, unserved, unservedWarning } from '../../src/deploy/changes.ts';

type Resource = NonNullable<Change['ResourceChange']>;

const change = (LogicalResourceId: string, more: Resource): Change => ({
  Type: 'Resource',
  ResourceChange: { LogicalResourceId, ResourceType: 'AWS::Some::Type', Action: 'Modify', ...more },
});

const detail = (
  name: string,
  recreation: 'Always' | 'Conditionally' | 'Never',
  cause: Partial<ResourceChangeDetail> = {},
): ResourceChangeDetail => ({
  Target: { Attribute: 'Properties', Name: name, RequiresRecreation: recreation },
  Evaluation: 'Dynamic',
  ...cause,
});

const reference = (entity: string): Partial<ResourceChangeDetail> => ({
  ChangeSource: 'ResourceReference',
  CausingEntity: entity,
});
const attribute = (entity: string): Partial<ResourceChangeDetail> => ({
  ChangeSource: 'ResourceAttribute',
  CausingEntity: entity,
});
const parameter = (entity: string): Partial<ResourceChangeDetail> => ({
  ChangeSource: 'ParameterReference',
  CausingEntity: entity,
});

const kinds = (...changes: Change[]) =>
  Object.fromEntries(
    plannedChanges(changes).map(({ logicalId, kind, isCertain }) => [logicalId, isCertain ? kind : `perhaps ${kind}`]),
  );

describe('a change set', () => {
  it('adds, changes, replaces and removes', () => {
    expect(
      kinds(
        change('New', { Action: 'Add' }),
        change('Imported', { Action: 'Import' }),
        change('Old', { Action: 'Remove' }),
        change('Same', { Replacement: 'False', Details: [detail('A', 'Never')] }),
        change('Other', { Replacement: 'True', Details: [detail('A', 'Always')] }),
        change('Maybe', { Replacement: 'Conditional', Details: [detail('A', 'Conditionally')] }),
        change('Unknown', { Action: 'Dynamic' }),
      ),
    ).toEqual({
      New: 'added',
      Imported: 'added',
      Old: 'removed',
      Same: 'changed',
      Other: 'replaced',
      Maybe: 'perhaps replaced',
      Unknown: 'perhaps replaced',
    });
  });

  it('tells once why, with the parameter, and of a replacement only what makes it', () => {
    const details = [
      detail('Name', 'Always', { ChangeSource: 'DirectModification' }),
      detail('Name', 'Always', parameter('Suffix')),
      detail('Size', 'Never', parameter('Size')),
      { Target: { Attribute: 'Tags' as const } },
    ];
    const reasons = (resource: Resource) => plannedChanges([change('A', { ...resource, Details: details })])[0]?.reasons;
    expect(reasons({ Replacement: 'True' })).toEqual(['Name (parameter Suffix)']);
    expect(reasons({ Replacement: 'False' })).toEqual(['Name (parameter Suffix)', 'Size (parameter Size)', 'Tags']);
  });

  it('replaces nothing for the id or ARN of a resource that stays', () => {
    const permission = (entity: Partial<ResourceChangeDetail>) =>
      change('Permission', { Replacement: 'Conditional', Details: [detail('FunctionName', 'Always', entity)] });
    const stays = change('Function', { Replacement: 'False', Details: [detail('MemorySize', 'Never')] });
    const goes = change('Function', { Replacement: 'True', Details: [detail('FunctionName', 'Always')] });
    expect(kinds(permission(reference('Function')), stays)).toMatchObject({ Permission: 'changed' });
    expect(kinds(permission(attribute('Function.Arn')), stays)).toMatchObject({ Permission: 'changed' });
    expect(kinds(permission(attribute('Function.Version')), stays)).toMatchObject({ Permission: 'perhaps replaced' });
    expect(kinds(permission(parameter('Name')), stays)).toMatchObject({ Permission: 'perhaps replaced' });
    expect(kinds(permission(reference('Function')), goes)).toMatchObject({ Permission: 'perhaps replaced' });
  });

  it('follows a replacement through references, and their circles', () => {
    const dependent = (id: string, on: string) =>
      change(id, { Replacement: 'Conditional', Details: [detail('Of', 'Always', reference(on))] });
    const table = change('Table', { Replacement: 'True', Details: [detail('Name', 'Always')] });
    expect(kinds(dependent('C', 'B'), dependent('B', 'Table'), table)).toEqual({
      C: 'perhaps replaced',
      B: 'perhaps replaced',
      Table: 'replaced',
    });
    expect(kinds(dependent('A', 'B'), dependent('B', 'A'))).toEqual({ A: 'changed', B: 'changed' });
  });

  it('needs consent for what is lost', () => {
    const consent = (resource: Resource) => plannedChanges([change('A', resource)]).map(needsConsent);
    expect(consent({ Action: 'Add' })).toEqual([false]);
    expect(consent({ Replacement: 'False' })).toEqual([false]);
    expect(consent({ Replacement: 'True' })).toEqual([true]);
    expect(consent({ Action: 'Remove' })).toEqual([true]);
  });
});

describe('a change that API Gateway does not serve', () => {
  const gateway = (type: string, more: Resource = {}): Change =>
    change(type, { ResourceType: `AWS::ApiGateway::${type}`, ...more });
  const named = (...changes: Change[]) => unserved(plannedChanges(changes));

  it('is one of a method, a model or a gateway response, without a new deployment', () => {
    expect(
      named(gateway('Method'), gateway('Model', { Action: 'Remove' }), gateway('GatewayResponse', { Action: 'Add' })),
    ).toEqual(['Method', 'Model', 'GatewayResponse']);
    expect(named(gateway('Method'), gateway('Deployment'))).toEqual(['Method']);
    expect(named(gateway('Stage'), gateway('UsagePlan'), change('Function', {}))).toEqual([]);
  });

  it('is warned of, with the remedy', () => {
    const warning = (...changes: Change[]) => unservedWarning(plannedChanges(changes));
    expect(warning(gateway('Authorizer'))).toBe(
      'Warning: the API will not serve the changes to Authorizer before it is deployed anew: deploy with another AuthorizationType and then with this one again.',
    );
    expect(warning(gateway('Authorizer'), gateway('Method'))).toMatch(/ Authorizer, Method before .* a new logical id, /);
    expect(warning(gateway('Stage'))).toBeUndefined();
  });

  it.each<Resource>([{ Action: 'Add' }, { Replacement: 'True' }])('is none if there is a new one: %j', (more) => {
    expect(named(gateway('Method'), gateway('Deployment', more))).toEqual([]);
  });

  it('is none of a method that only refers to the ARN of its function', () => {
    const integration = (entity: string) =>
      gateway('Method', { Details: [detail('Integration', 'Never', attribute(entity))] });
    const code = change('Function', { Details: [detail('Code', 'Never')] });
    const renamed = change('Function', { Replacement: 'True', Details: [detail('FunctionName', 'Always')] });
    expect(named(code, integration('Function.Arn'))).toEqual([]);
    expect(named(renamed, integration('Function.Arn'))).toEqual(['Method']);
    expect(named(code, integration('Function.Version'))).toEqual(['Method']);
  });
});
