import { createIam, type Iam } from '../../../src/twin/iam/index.ts';
import type { Role } from '../../../src/twin/iam/role.ts';
import { createLambda, type LambdaOptions } from '../../../src/twin/lambda/index.ts';
import type { EnvironmentEvent, FunctionConfiguration, Lambda } from '../../../src/twin/lambda/lambda.ts';

/** Lambda with what it logged and started, and short ways to create and invoke functions. */
export interface Fixture {
  readonly lambda: Lambda;
  readonly iam: Iam;
  /** Lines of all log groups, in order. */
  readonly lines: string[];
  readonly events: EnvironmentEvent[];
  /** Creates a function that API Gateway may invoke; returns its ARN. */
  create(functionName: string, zipFile: string, more?: Partial<FunctionConfiguration>): string;
  /** Invokes a function as API Gateway and returns its payload, parsed. */
  invoke(functionArn: string, event?: unknown): Promise<{ readonly value: unknown; readonly functionError?: string }>;
  /** Resolves with the first line, past or to come, that the predicate accepts. */
  line(predicate: (line: string) => boolean): Promise<string>;
}

export const caller = {
  principal: 'apigateway.amazonaws.com',
  sourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:abc123/v1/GET/items/7',
  sourceAccount: '123456789012',
};

export const configuration: Omit<FunctionConfiguration, 'functionName' | 'zipFile'> = {
  region: 'eu-west-1',
  accountId: '123456789012',
  runtime: 'nodejs24.x',
  handler: 'index.lambda_handler',
  roleArn: 'arn:aws:iam::123456789012:role/r',
  timeout: 10,
  memorySize: 256,
  environment: {},
  logGroup: '/aws/lambda/f',
  logFormat: 'JSON',
  tracing: 'Active',
};

const role: Role = {
  arn: configuration.roleArn,
  roleName: 'r',
  roleId: 'AROAEXAMPLEEXAMPLEEXA',
  assumeRolePolicyDocument: { Statement: [] },
  inlinePolicies: new Map([['logs', { Statement: { Effect: 'Allow', Action: 'logs:*', Resource: '*' } }]]),
  managedPolicyArns: new Set(),
};

export const createFixture = (options: Partial<LambdaOptions> = {}): Fixture => {
  const lines: string[] = [];
  const events: EnvironmentEvent[] = [];
  const watchers = new Set<(line: string) => void>();
  const iam = createIam();
  iam.roles.set(configuration.roleArn, role);
  const lambda = createLambda({
    iam,
    dynamoDbEndpoint: async () => 'http://127.0.0.1:1',
    ...options,
    logs: {
      put({ message }) {
        lines.push(message);
        for (const watcher of watchers) watcher(message);
      },
    },
    onEnvironment: (event) => {
      events.push(event);
      options.onEnvironment?.(event);
    },
  });
  return {
    lambda,
    iam,
    lines,
    events,
    create(functionName, zipFile, more = {}) {
      const arn = lambda.createFunction({ ...configuration, functionName, zipFile, ...more });
      lambda.addPermission({ functionName, action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' });
      return arn;
    },
    async invoke(functionArn, event = {}) {
      const result = await lambda.invoke(functionArn, JSON.stringify(event), caller);
      if (result.kind === 'rejected') throw new Error(result.error);
      const { payload, functionError } = result;
      return { value: JSON.parse(payload), ...(functionError && { functionError }) };
    },
    line: (predicate) =>
      new Promise((resolve) => {
        const found = lines.find(predicate);
        if (found !== undefined) resolve(found);
        const watcher = (line: string): void => {
          if (!predicate(line)) return;
          watchers.delete(watcher);
          resolve(line);
        };
        watchers.add(watcher);
      }),
  };
};
