import { create, type Mutation } from './mutation.ts';

const permission = 'CreateItemPermission|Properties';
const arn = (rest: string) => ({ 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:${rest}` });

const notInvoked: Pick<Mutation, 'requests' | 'log'> = {
  requests: [create(504, /integration-failure/), { request: 'GET /items', status: 200 }],
  log: /: Invalid permissions on Lambda function: .* items-local-CreateItem, .*SourceArn that matches arn:aws:execute-api:\S+\/POST\/items$/,
};

export const lambdaPermission: readonly Mutation[] = [
  { what: 'no permission', edit: { CreateItemPermission: null }, ...notInvoked },
  {
    what: 'the SourceArn of another verb',
    edit: { [`${permission}|SourceArn`]: arn('${RestApi}/${StageName}/PUT/items') },
    ...notInvoked,
  },
  {
    what: 'the SourceArn of another path',
    edit: { [`${permission}|SourceArn`]: arn('${RestApi}/${StageName}/POST/items/*') },
    ...notInvoked,
  },
  {
    what: 'the SourceArn of another stage',
    edit: { [`${permission}|SourceArn`]: arn('${RestApi}/prod/POST/items') },
    ...notInvoked,
  },
  { what: 'the SourceArn of another API', edit: { [`${permission}|SourceArn`]: arn('abcdef1234/*/*') }, ...notInvoked },
  { what: 'another SourceAccount', edit: { [`${permission}|SourceAccount`]: '210987654321' }, ...notInvoked },
  { what: 'another principal', edit: { [`${permission}|Principal`]: 's3.amazonaws.com' }, ...notInvoked },
  { what: 'another action', edit: { [`${permission}|Action`]: 'lambda:GetFunction' }, ...notInvoked },
  {
    what: 'a permission for a function that is not there',
    edit: { [`${permission}|FunctionName`]: 'nobody' },
    rejected: {
      code: 'RESOURCE_FAILED',
      message: /CreateItemPermission.*nobody: the function, version or alias does not exist/,
    },
  },
];
