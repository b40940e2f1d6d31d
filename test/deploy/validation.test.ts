import { expect, it } from 'vitest';
import { faultLines } from '../../src/deploy/validation.ts';

const table = { LogicalResourceId: 'ItemsTable', ResourceType: 'AWS::DynamoDB::Table' };

it('tells what validation and hooks have against a change set', () => {
  expect(
    faultLines([
      { ...table, ValidationFailureMode: 'FAIL', ValidationStatusReason: 'items-dev already exists.' },
      { ...table, HookFailureMode: 'FAIL', HookStatusReason: 'no tag Owner' },
    ]),
  ).toEqual([
    'ItemsTable (AWS::DynamoDB::Table): items-dev already exists: there is a table of this name: choose another EnvironmentSuffix, or delete that table if nobody needs it',
    'ItemsTable (AWS::DynamoDB::Table): no tag Owner',
  ]);
});

it('leaves warnings and mere progress out', () => {
  expect(
    faultLines([
      { ...table, ValidationFailureMode: 'WARN', ValidationStatusReason: 'not empty' },
      { ...table, HookFailureMode: 'WARN', HookStatusReason: 'no tag Owner' },
      { ...table, ResourceStatus: 'CREATE_IN_PROGRESS' },
    ]),
  ).toEqual([]);
});
