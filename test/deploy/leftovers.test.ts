import { expect, it } from 'vitest';
import { logGroupNames, remainingTagged } from '../../src/deploy/leftovers.ts';

const resource = (ResourceType: string, PhysicalResourceId: string) => ({
  LogicalResourceId: 'A',
  LastUpdatedTimestamp: undefined,
  ResourceStatus: undefined,
  ResourceType,
  PhysicalResourceId,
});

const resources = [
  resource('AWS::Lambda::Function', 'items-GetItem'),
  resource('AWS::Logs::LogGroup', '/aws/lambda/items-GetItem'),
  resource('AWS::Logs::LogGroup', 'API-Gateway-Execution-Logs_abc/v1'),
  resource('AWS::ApiGateway::RestApi', 'abc'),
  resource('AWS::EC2::VPC', 'vpc-1'),
  resource('AWS::SNS::Topic', 'arn:aws:sns:r:1:topic'),
];

it('looks for log groups that no other stack can have', () => {
  expect(logGroupNames('items', resources)).toEqual({
    names: ['/aws/lambda/items-GetItem', 'API-Gateway-Execution-Logs_abc/v1'],
    prefixes: ['items-api/items/', 'API-Gateway-Execution-Logs_abc/'],
  });
});

it('does not count what is deleted, nor what another stack has', () => {
  const mine = { 'aws:cloudformation:stack-name': 'items', Project: 'items-api' };
  const others = { 'aws:cloudformation:stack-name': 'items-prod', Project: 'items-api' };
  const untagged = { Project: 'items-api' };
  const mappings = [
    { arn: 'arn:aws:ec2:r:1:vpc/vpc-1', tags: mine },
    { arn: 'arn:aws:sns:r:1:topic', tags: mine },
    { arn: 'arn:aws:logs:r:1:log-group:API-Gateway-Execution-Logs_abc/v1', tags: mine },
    { arn: 'arn:aws:ec2:r:1:network-interface/eni-1', tags: mine },
    { arn: 'arn:aws:lambda:r:1:function:items-GetItem', tags: untagged },
    { arn: 'arn:aws:lambda:r:1:function:another', tags: untagged },
    { arn: 'arn:aws:lambda:r:1:function:items-prod-GetItem', tags: others },
  ];
  const deleted = new Set(['vpc-1', 'arn:aws:sns:r:1:topic', 'API-Gateway-Execution-Logs_abc/v1']);
  expect(remainingTagged(mappings, { name: 'items', project: 'items-api', resources, deleted })).toEqual([
    'arn:aws:ec2:r:1:network-interface/eni-1',
    'arn:aws:lambda:r:1:function:items-GetItem',
  ]);
});
