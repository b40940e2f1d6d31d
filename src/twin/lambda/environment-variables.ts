import { randomBytes } from 'node:crypto';
import { LocalError } from '../../cloudformation/errors.ts';
import type { SessionCredentials } from '../iam/credentials.ts';
import type { FunctionConfiguration } from './lambda.ts';

/**
 * Returns the environment variables of an execution environment: those of Lambda, as listed in "Using Lambda environment
 * variables" in the developer guide, and those of the function. Variables of the machine are not included.
 */
export const environmentVariables = (
  configuration: FunctionConfiguration,
  credentials: SessionCredentials,
  { taskRoot, dynamoDbEndpoint, sdk }: Surroundings,
): Record<string, string> => ({
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
  // Not a variable of Lambda: it directs SDKs and the handlers to the twin's table.
  AWS_ENDPOINT_URL_DYNAMODB: dynamoDbEndpoint,
  ...sdk,
  ...configuration.environment,
  _HANDLER: configuration.handler,
  LAMBDA_TASK_ROOT: taskRoot,
  AWS_REGION: configuration.region,
  AWS_DEFAULT_REGION: configuration.region,
  AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
  AWS_LAMBDA_FUNCTION_NAME: configuration.functionName,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memorySize),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: configuration.logGroup,
  AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(),
  AWS_LAMBDA_LOG_FORMAT: configuration.logFormat,
  ...(configuration.logFormat === 'JSON' && { AWS_LAMBDA_LOG_LEVEL: configuration.applicationLogLevel ?? 'INFO' }),
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
});

/** Places of the code and the services for an execution environment. */
export interface Surroundings {
  readonly taskRoot: string;
  readonly dynamoDbEndpoint: string;
  /**
   * Variables of a function that uses an SDK: the path of the SDK, and the endpoint that rejects calls of every other service.
   */
  readonly sdk: Readonly<Record<string, string>>;
}

/** Rejects what CreateFunction rejects: reserved and malformed names, and more than 4 KB in total. */
export const checkEnvironment = (functionName: string, environment: Readonly<Record<string, string>>): void => {
  const reject = (problem: string): never => {
    throw new LocalError('INVALID_PROPERTY', `Function ${functionName}: Environment.Variables ${problem}`);
  };
  for (const name of Object.keys(environment)) {
    if (reserved.has(name)) reject(`sets ${name}, which Lambda reserves. Choose another name.`);
    if (!/^[A-Za-z][A-Za-z0-9_]+$/.test(name)) {
      reject(`has the name '${name}'. Use at least two letters, digits or underscores, beginning with a letter.`);
    }
  }
  const size = Buffer.byteLength(JSON.stringify(environment));
  if (size > 4096) reject(`has ${size} bytes; Lambda's limit is 4,096. Store the longest values elsewhere.`);
};

const reserved = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

const logStreamName = (): string => {
  const date = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${date}/[$LATEST]${randomBytes(16).toString('hex')}`;
};
