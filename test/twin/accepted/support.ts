import { afterEach } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { type Stack, type StartOptions, start } from '../../../src/twin/index.ts';

/** Properties that a test adds to those of the smallest API with a function, and resources beside them. */
export interface Additions {
  readonly role?: JsonObject;
  readonly function?: JsonObject;
  readonly api?: JsonObject;
  readonly method?: JsonObject;
  readonly integration?: JsonObject;
  readonly stage?: JsonObject;
  /** More resources; one with the name of another replaces it. */
  readonly resources?: JsonObject;
  /** More sections. */
  readonly sections?: JsonObject;
  /** What the method depends on, beside what it refers to. */
  readonly deployAfter?: readonly string[];
}

export const trust = (service: string): JsonObject => ({
  Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
});

export const functionUri = (functionArn: string): JsonObject => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
});

/** A template whose GET /x responds with 200 with what the function in `code` returns. */
export const template = (additions: Additions = {}): string => {
  const integration = {
    Type: 'AWS_PROXY',
    IntegrationHttpMethod: 'POST',
    Uri: functionUri(`\${Function.Arn}`),
    ...additions.integration,
  };
  const restApi = { RestApiId: { Ref: 'Api' } };
  const resources: JsonObject = {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
        ...additions.role,
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': 'Role.Arn' },
        Code: { ZipFile: "exports.handler = async () => ({ statusCode: 200, body: 'hello' });" },
        ...additions.function,
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Function' },
        Principal: 'apigateway.amazonaws.com',
      },
    },
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api', ...additions.api } },
    X: {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { ...restApi, ParentId: { 'Fn::GetAtt': 'Api.RootResourceId' }, PathPart: 'x' },
    },
    Method: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        ...restApi,
        ResourceId: { Ref: 'X' },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        Integration: integration,
        ...additions.method,
      },
    },
    Deployment: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: ['Method', ...(additions.deployAfter ?? [])],
      Properties: restApi,
    },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { ...restApi, DeploymentId: { Ref: 'Deployment' }, StageName: 'v1', ...additions.stage },
    },
    ...additions.resources,
  };
  const Url = { Value: { 'Fn::Sub': `https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/v1/x` } };
  return JSON.stringify({ Resources: resources, Outputs: { Url }, ...additions.sections });
};

/** Starts stacks that end with the test; each with the URL of /x. */
export const stackStarter = (): ((text: string, options?: StartOptions) => Promise<Stack & { readonly url: string }>) => {
  const stacks: Stack[] = [];
  afterEach(() => Promise.all(stacks.splice(0).map((stack) => stack.stop())));
  return async (text, options = {}) => {
    const stack = await start(text, options);
    stacks.push(stack);
    return { ...stack, url: stack.outputs.find(({ key }) => key === 'Url')?.value ?? '' };
  };
};
