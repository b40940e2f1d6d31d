import { invalidProperty } from '../../../cloudformation/errors.ts';
import { generatedName } from '../../../cloudformation/names.ts';
import { list, object, string, strings, words } from '../../../cloudformation/shapes.ts';
import type { Code } from '../../lambda/code-folders.ts';
import { checkExecutionRole } from '../../lambda/execution-role.ts';
import type { FunctionConfiguration } from '../../lambda/lambda.ts';
import { customRuntimes, runtimeFault } from '../../lambda/runtime-names.ts';
import { lookUp } from '../../network/lookup.ts';
import type { ResourceContext, ResourceType } from '../../resource.ts';
import { keyArn } from '../parts/kms-key-id.ts';
import { tagsSchema } from '../parts/tags.ts';

type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

type Properties = {
  readonly Code: Code;
  readonly FunctionName?: string;
  readonly Handler: string;
  readonly Runtime: string;
  readonly Role: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly ReservedConcurrentExecutions?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly LoggingConfig?: {
    readonly LogFormat?: 'JSON' | 'Text';
    readonly LogGroup?: string;
    readonly ApplicationLogLevel?: LogLevel;
    readonly SystemLogLevel?: 'DEBUG' | 'INFO' | 'WARN';
  };
  readonly TracingConfig?: { readonly Mode?: 'Active' | 'PassThrough' };
  readonly VpcConfig?: { readonly SubnetIds?: readonly string[]; readonly SecurityGroupIds?: readonly string[] };
};

/** A function. Missing properties have Lambda's defaults. */
export const lambdaFunction: ResourceType<Properties> = {
  type: 'AWS::Lambda::Function',
  schema: object(
    {
      Architectures: list({ enum: ['x86_64', 'arm64'] }, { minItems: 1, maxItems: 1 }),
      Code: {
        ...object({
          ZipFile: { type: 'string', minLength: 1, maxLength: 4 * 1024 * 1024 },
          S3Bucket: { type: 'string', minLength: 3, maxLength: 63 },
          S3Key: { type: 'string', minLength: 1, maxLength: 1024 },
          S3ObjectVersion: { type: 'string', minLength: 1, maxLength: 1024 },
        }),
        // A local path, which `aws cloudformation package` uploads.
        type: ['object', 'string'],
      },
      Description: { type: 'string', maxLength: 256 },
      Environment: object({ Variables: strings }),
      EphemeralStorage: object({ Size: { type: 'integer', minimum: 512, maximum: 10_240 } }, ['Size']),
      FunctionName: { type: 'string', pattern: '^[a-zA-Z0-9-_]{1,64}$' },
      Handler: { type: 'string', pattern: '^\\S{1,128}$' },
      KmsKeyArn: { anyOf: [keyArn, { const: '' }] },
      LoggingConfig: object({
        LogFormat: { enum: ['JSON', 'Text'] },
        LogGroup: { type: 'string', pattern: '^[\\.\\-_/#A-Za-z0-9]{1,512}$' },
        ApplicationLogLevel: { enum: ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] },
        SystemLogLevel: { enum: ['DEBUG', 'INFO', 'WARN'] },
      }),
      MemorySize: { type: 'integer', minimum: 128, maximum: 10_240 },
      PackageType: words(['Zip'], ['Image']),
      ReservedConcurrentExecutions: { type: 'integer', minimum: 0 },
      Role: { type: 'string', pattern: '^arn:[^:]+:iam::\\d{12}:role/' },
      Runtime: { ...string, fault: runtimeFault },
      RuntimeManagementConfig: object(
        { UpdateRuntimeOn: { enum: ['Auto', 'FunctionUpdate', 'Manual'] }, RuntimeVersionArn: string },
        ['UpdateRuntimeOn'],
      ),
      Tags: tagsSchema,
      Timeout: { type: 'integer', minimum: 1, maximum: 900 },
      TracingConfig: object({ Mode: { enum: ['Active', 'PassThrough'] } }),
      VpcConfig: object({
        SubnetIds: list(string, { maxItems: 16 }),
        SecurityGroupIds: list(string, { maxItems: 5 }),
      }),
    },
    ['Code', 'Handler', 'Role', 'Runtime'],
  ),
  start: async (properties, context) => {
    const { lambda } = context.services;
    await lambda.prepareRuntime(properties.Runtime);
    const configuration = configurationOf(properties, context);
    const { functionName } = configuration;
    const arn = lambda.createFunction(configuration);
    return { ref: functionName, attributes: { Arn: arn }, stop: () => lambda.deleteFunction(functionName) };
  },
  update: async (properties, context) => {
    await context.services.lambda.prepareRuntime(properties.Runtime);
    context.services.lambda.updateFunction(configurationOf(properties, context));
  },
  immutable: ['FunctionName'],
};

/** Returns the configuration of a function from its properties. Throws a LocalError if Lambda would reject them. */
const configurationOf = (properties: Properties, context: ResourceContext): FunctionConfiguration => {
  const { stack, services } = context;
  const { iam, network } = services;
  const { Role: roleArn, LoggingConfig: logging = {}, VpcConfig: vpc = {} } = properties;
  const { SubnetIds: subnetIds = [], SecurityGroupIds: securityGroupIds = [] } = vpc;
  const codeFolder = services.code.folderOf(context.logicalId, properties.Code);
  const functionName = properties.FunctionName ?? generatedName(context, 64);
  const logFormat = logging.LogFormat ?? 'Text';
  if (codeFolder === undefined && customRuntimes.includes(properties.Runtime)) {
    const problem = `is inline, which Lambda takes for Node.js and Python only, and Runtime is ${properties.Runtime}`;
    throw invalidProperty('Code', `${problem}; give a path, or a place in S3`);
  }
  checkSameVpc([
    ...subnetIds.map((id) => lookUp(network.subnets, id, 'VpcConfig.SubnetIds', 'subnet')),
    ...securityGroupIds.map((id) => lookUp(network.securityGroups, id, 'VpcConfig.SecurityGroupIds', 'security group')),
  ]);
  if ((subnetIds.length === 0) !== (securityGroupIds.length === 0)) {
    throw invalidProperty('VpcConfig', 'needs SubnetIds and SecurityGroupIds, or neither; add those that are missing');
  }
  const tracing = properties.TracingConfig?.Mode ?? 'PassThrough';
  checkExecutionRole(iam, roleArn, { inVpc: subnetIds.length > 0, tracing }, stack);
  if (logFormat === 'Text' && (logging.ApplicationLogLevel ?? logging.SystemLogLevel) !== undefined) {
    throw invalidProperty('LoggingConfig', 'has a log level, which only LogFormat JSON allows; set it, or remove the level');
  }
  return {
    functionName,
    logicalId: context.logicalId,
    region: stack.region,
    accountId: stack.accountId,
    partition: stack.partition,
    runtime: properties.Runtime,
    handler: properties.Handler,
    zipFile: (typeof properties.Code !== 'string' && properties.Code.ZipFile) || '',
    ...(codeFolder !== undefined && { codeFolder }),
    roleArn,
    timeout: properties.Timeout ?? 3,
    memorySize: properties.MemorySize ?? 128,
    environment: properties.Environment?.Variables ?? {},
    logGroup: logging.LogGroup ?? `/aws/lambda/${functionName}`,
    logFormat,
    ...(logging.ApplicationLogLevel && { applicationLogLevel: logging.ApplicationLogLevel }),
    ...(logging.SystemLogLevel && { systemLogLevel: logging.SystemLogLevel }),
    tracing,
    ...(properties.ReservedConcurrentExecutions !== undefined && {
      reservedConcurrentExecutions: properties.ReservedConcurrentExecutions,
    }),
    ...(subnetIds.length > 0 && { vpcConfig: { subnetIds, securityGroupIds } }),
  };
};

/** CreateFunction reports "Security Groups are required to be in the same VPC." */
const checkSameVpc = ([first, ...others]: readonly { readonly id: string; readonly vpcId: string }[]): void => {
  const stranger = others.find(({ vpcId }) => vpcId !== first?.vpcId);
  if (!first || !stranger) return;
  throw invalidProperty(
    'VpcConfig',
    `names ${first.id} in ${first.vpcId}, but ${stranger.id} in ${stranger.vpcId}. Subnets and Security Groups are required to be in the same VPC; take them all from one`,
  );
};
