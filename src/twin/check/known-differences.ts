// One file: it is a list, in which a difference is looked up.
/*
 * Differences between the twin and AWS. docs/twin.md shows these lists, and a test proves the first: a property of a supported type
 * is either read when its resource starts or runs, or listed here, never both. Everything else is rejected at start.
 */

import { cognitoProperties } from '../resources/cognito/parts/properties.ts';

const ofMethodSettings = {
  ...because('nothing is cached', 'CacheDataEncrypted', 'CacheTtlInSeconds'),
  DataTraceEnabled: 'requests and responses are not logged in full',
  LoggingLevel: 'why a request failed is always logged, and nothing else of the execution log',
  MetricsEnabled: 'there is no CloudWatch to send metrics to',
};

const ofStages = {
  CacheClusterSize: 'nothing is cached',
  DocumentationVersion: 'for people only',
  ...Object.fromEntries(Object.entries(ofMethodSettings).map(([name, reason]) => [`MethodSettings.${name}`, reason])),
};

/**
 * Properties that are accepted and checked, but not acted on, each with the reason; by resource type and path. A path leaves out
 * the indexes of lists and stands for all that is below it. `*` is every type that has the property.
 */
export const notActedOn: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '*': {
    Description: 'for people only',
    Tags: 'nothing here looks at tags',
  },
  'AWS::ApiGateway::Account': {
    CloudWatchRoleArn: 'a setting of the account: here every stage may write logs',
  },
  'AWS::ApiGateway::ApiKey': {
    ...because('for people only', 'Name', 'GenerateDistinctId'),
    StageKeys: 'of the time before usage plans: a usage plan decides which stages a key opens',
  },
  'AWS::ApiGateway::Authorizer': {
    AuthType: 'for imports and exports of API Gateway only',
    AuthorizerResultTtlInSeconds: 'nothing is cached: the token of every request is verified',
  },
  'AWS::ApiGateway::Deployment': {
    ...because(
      'a canary release gets no requests, and the start says so',
      ...['PercentTraffic', 'StageVariableOverrides', 'UseStageCache'].map((name) => `DeploymentCanarySettings.${name}`),
    ),
    ...Object.fromEntries(
      Object.entries({ ...ofStages, Description: 'for people only', Tags: 'nothing here looks at tags' }).map(
        ([path, reason]) => [`StageDescription.${path}`, reason],
      ),
    ),
    ...Object.fromEntries(Object.entries(ofMethodSettings).map(([path, reason]) => [`StageDescription.${path}`, reason])),
  },
  'AWS::ApiGateway::DomainName': {
    ...because('the local server has no TLS', 'EndpointAccessMode', 'SecurityPolicy'),
    ...because('nothing resolves the domain name', 'EndpointConfiguration.IpAddressType'),
  },
  'AWS::ApiGateway::Method': {
    ...because('nothing is cached', 'Integration.CacheKeyParameters', 'Integration.CacheNamespace'),
    'MethodResponses.ResponseModels': 'for documentation and SDKs only',
  },
  'AWS::ApiGateway::Model': {
    ContentType: 'the RequestModels of a method say which content type a model checks',
  },
  'AWS::ApiGateway::RequestValidator': because('for people only', 'Name'),
  'AWS::ApiGateway::RestApi': {
    SecurityPolicy: 'the local server has no TLS',
    EndpointAccessMode: 'the local server has no TLS',
    FailOnWarnings: 'what an import would warn of is left out here, or rejected',
    Mode: 'an API is imported once: there is nothing to merge with',
    'EndpointConfiguration.Types': 'EDGE is served as REGIONAL: there is no CloudFront in front',
    'EndpointConfiguration.IpAddressType': 'where to listen is an option of the twin',
  },
  'AWS::ApiGateway::Stage': {
    ...ofStages,
    ...because(
      'a canary release gets no requests, and the start says so',
      ...['DeploymentId', 'PercentTraffic', 'StageVariableOverrides', 'UseStageCache'].map(
        (name) => `CanarySetting.${name}`,
      ),
    ),
  },
  'AWS::ApiGateway::UsagePlan': because('for people only', 'UsagePlanName'),
  'AWS::CloudWatch::Alarm': {
    ...because('for people only', 'AlarmDescription'),
    ...because(
      'nothing is measured: an alarm never changes its state',
      ...['ComparisonOperator', 'DatapointsToAlarm', 'Dimensions', 'EvaluateLowSampleCountPercentile', 'EvaluationPeriods'],
      ...['ExtendedStatistic', 'MetricName', 'Metrics', 'Namespace', 'Period', 'Statistic', 'Threshold'],
      ...['TreatMissingData', 'Unit'],
    ),
    ...because(
      'an alarm that never changes its state has nothing to do',
      ...['ActionsEnabled', 'AlarmActions', 'InsufficientDataActions', 'OKActions'],
    ),
  },
  'AWS::CloudWatch::Dashboard': because('there is no console to show it in', 'DashboardBody'),
  'AWS::Cognito::UserPool': because('nobody signs in', ...cognitoProperties.UserPool),
  'AWS::Cognito::UserPoolClient': because('nobody signs in', ...cognitoProperties.UserPoolClient),
  'AWS::Cognito::UserPoolDomain': because('nobody signs in', ...cognitoProperties.UserPoolDomain),
  'AWS::DynamoDB::Table': because('there is no CloudWatch to show insights in', 'ContributorInsightsSpecification'),
  'AWS::EC2::FlowLog': because(
    'no packets are recorded',
    ...['LogDestination', 'LogFormat', 'LogGroupName', 'MaxAggregationInterval', 'TrafficType'],
  ),
  'AWS::EC2::SecurityGroup': because(
    'for people only',
    ...['GroupDescription', 'SecurityGroupEgress.Description', 'SecurityGroupIngress.Description'],
  ),
  'AWS::EC2::Subnet': because('for instances: functions never get a public address', 'MapPublicIpOnLaunch'),
  'AWS::EC2::VPC': because('for instances: functions have no host name', 'EnableDnsHostnames'),
  'AWS::EC2::VPCEndpoint': because('for people only', 'PolicyDocument.Id'),
  'AWS::IAM::ManagedPolicy': because('for people only', 'PolicyDocument.Id'),
  'AWS::IAM::Policy': because('for people only', 'PolicyDocument.Id'),
  'AWS::IAM::RolePolicy': because('for people only', 'PolicyDocument.Id'),
  'AWS::IAM::Role': {
    ...because('for people only', 'AssumeRolePolicyDocument.Id', 'Policies.PolicyDocument.Id'),
    'AssumeRolePolicyDocument.Version': 'about policy variables, which trust policies have no use for here',
    MaxSessionDuration: 'does not limit the sessions of services, and only services assume roles here',
  },
  'AWS::Lambda::Alias': because('each environment starts when it is needed', 'ProvisionedConcurrencyConfig'),
  'AWS::Lambda::Version': {
    CodeSha256: 'the code here is not packed as it is on AWS, and has another hash',
    ...because('each environment starts when it is needed', 'ProvisionedConcurrencyConfig'),
  },
  'AWS::Lambda::Function': {
    Architectures: 'functions run on the processor of the machine',
    EphemeralStorage: '/tmp is the folder of the machine, which has no limit of its own',
    ...because('the folder of `--code` has the code', 'Code.S3Bucket', 'Code.S3Key', 'Code.S3ObjectVersion'),
    KmsKeyArn: 'environment variables are kept in memory only',
    RuntimeManagementConfig: 'functions run on the versions of Node.js and Python that the machine has',
  },
  'AWS::Logs::LogGroup': because('lines are printed and not stored', 'KmsKeyId', 'LogGroupClass', 'RetentionInDays'),
  'AWS::Logs::MetricFilter': because(
    'there is no CloudWatch to send metrics to',
    ...['FilterPattern', 'MetricTransformations'],
  ),
  'AWS::Logs::QueryDefinition': because(
    'lines are printed and not stored: there is nothing to query',
    ...['LogGroupNames', 'Name', 'Parameters', 'QueryLanguage', 'QueryString'],
  ),
  'AWS::Route53::RecordSet': because(
    'nothing resolves names',
    ...['AliasTarget', 'Comment', 'HostedZoneId', 'HostedZoneName', 'Type'],
  ),
  'AWS::SNS::Subscription': because(
    'nothing is sent',
    ...['DeliveryPolicy', 'Endpoint', 'FilterPolicy', 'FilterPolicyScope', 'Protocol', 'RawMessageDelivery'],
    ...['RedrivePolicy', 'SubscriptionRoleArn'],
  ),
  'AWS::SNS::Topic': because(
    'nothing is sent',
    ...['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'Subscription', 'TracingConfig'],
  ),
  'AWS::SNS::TopicPolicy': because('nobody here publishes to topics', 'PolicyDocument', 'Topics'),
  'AWS::WAFv2::LoggingConfiguration': because(
    'no request is filtered',
    ...['LogDestinationConfigs', 'LoggingFilter', 'RedactedFields'],
  ),
  'AWS::WAFv2::WebACL': because(
    'no request is filtered',
    ...['DataProtectionConfig', 'DefaultAction', 'Rules', 'VisibilityConfig'],
  ),
};

/**
 * Resource types that are accepted and checked without any effect on requests, by subject. A start names the resources of a subject
 * and what they would do on AWS.
 */
export const notSimulated: Readonly<Record<string, { readonly types: readonly string[]; readonly effect: string }>> = {
  'AWS WAF': {
    types: ['AWS::WAFv2::LoggingConfiguration', 'AWS::WAFv2::WebACL', 'AWS::WAFv2::WebACLAssociation'],
    effect: 'no request is filtered',
  },
  'Amazon Cognito': {
    types: ['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::UserPoolDomain'],
    effect: 'nobody signs in, and tokens count that a key of --jwks has signed',
  },
  'The custom domain name': {
    types: ['AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::DomainName', 'AWS::Route53::RecordSet'],
    effect: 'call the API at its local URL',
  },
};

function because(reason: string, ...paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [path, reason]));
}

/** Behaviour that differs from AWS, one line each, by subject. */
export const behaviour = {
  'API Gateway': [
    'It serves HTTP/1.1 without TLS on your machine. `X-Forwarded-Proto` is `http`; `$context.domainName` is the name that the API would have on AWS.',
    'Integrations are `AWS_PROXY` and `AWS` with a function of the stack, `AWS` with an action of DynamoDB, and `MOCK`. HTTP, other AWS service and VPC link integrations, Lambda authorizers, OpenAPI documents in S3 and resource policies are rejected.',
    'Models of an OpenAPI document in Body keep every keyword of JSON Schema draft 4. An import of API Gateway drops some, such as `minItems`. Documentation parts are ignored.',
    'Nothing is cached, and a canary release gets no requests. The start names the stages that have one of these.',
    'An API without a stage returns 403 for each request, as on AWS. The start names it.',
    'Custom domain names, alias records of Route 53 and AWS WAF are validated and not simulated. The start names them. Only the local URL serves requests, and no request is filtered.',
    'Mapping templates support a part of JSONPath and of the methods of Java objects. Anything else is rejected at deployment.',
    '`ContentHandling` is `CONVERT_TO_TEXT`: bodies of binary media types are base64 in mapping templates of `AWS` integrations, as in the events of a proxy integration. `CONVERT_TO_BINARY` is rejected.',
    'In `Integration.RequestParameters` only `X-Amz-Invocation-Type` has an effect, on integrations of the type `AWS`. Lambda ignores the others. An invocation of the type `Event` that fails is not retried.',
    'The role in `Integration.Credentials` needs a policy that allows `lambda:InvokeFunction`: a resource policy that names the role is not enough. The identity of the caller, `arn:aws:iam::*:user/*`, is rejected.',
    'Only signatures in the `Authorization` header are verified. A request with a presigned URL is unsigned.',
    'A signature must cover `Host` and, if it is sent, `X-Amz-Date`. AWS documents the same for every `X-Amz-*` header. It is unknown whether AWS denies a request that leaves another one unsigned; the twin allows it.',
    'If a request repeats a header, mapping templates get the last value, as `headers` of an event does. AWS does not document this for mapping templates.',
    'User pools, their clients and domains have ids and ARNs. The values of their properties are not validated, as nobody can sign in. Without `--jwks` an authorizer on a pool of the stack denies every token.',
    'Tokens are verified with the JWKS that you name, without Cognito. A token stays valid after its user has signed out.',
    'Access logs need no logging role of the account: neither the role nor its permissions are checked.',
    'Each REST API has a server and a port of its own; the first gets `--port`.',
  ],
  Lambda: [
    'Functions are processes of your user, without a sandbox. They can read your files and use your network. `/tmp` is the machine’s, shared by all, and not limited to 512 MB.',
    'Functions in Node.js load the AWS SDK, `@aws-sdk` and `@smithy`, from a folder `node_modules`: that of `--node-modules DIR`, or one above the template, above the current folder, or the twin’s. Functions in Python import boto3, botocore and the other packages of Lambda from the interpreter that `--python` names. The versions are those that are installed, not those of AWS.',
    'An SDK reaches DynamoDB by `AWS_ENDPOINT_URL_DYNAMODB`, and every other service by `AWS_ENDPOINT_URL`, which returns for each call the error `NotSimulated`. A client with an endpoint in its code, an AWS SDK for JavaScript before 3.428.0 and botocore before 1.31.0 ignore both variables and call AWS.',
    '`--code Function=FOLDER` names a folder in place of code in S3; the version in S3 is ignored. Functions run in that folder. They find packages in folders above it, and can change it if you can. Environments that start later, also with `--watch`, have its changes. Layers and container images are rejected.',
    'The warning of missing modules covers literal names: in JavaScript in the handler’s file and in files that it loads by path, in Python in the handler’s file.',
    'Versions and aliases have ARNs and permissions of their own. They run the present code of the function, as version `$LATEST`. A function has one version, and an alias points to one.',
    'All Node.js runtimes run on the Node.js that runs the twin, all Python runtimes on the machine’s Python, 3.9 or later. `provided.al2023` and `provided.al2` run the program `bootstrap` of the folder that has the code, which must be one for this machine. A runtime that Lambda no longer accepts for new functions is rejected.',
    'A function has at most 64 execution environments, and a few start at a time. A call waits if a busy environment is expected to serve it sooner than a new one; Lambda would start a new one.',
    'An idle execution environment ends after 5 minutes. Its function is frozen when it returns; threads and processes that it started are frozen 5 ms later. Windows does not freeze these, and only the runtime is killed there.',
    'Nothing listens at `AWS_LAMBDA_RUNTIME_API` of functions in Node.js and Python, which get their events through a file descriptor. Custom runtimes have the Runtime API there.',
    'CPU is not scaled with `MemorySize`. Memory is enforced on Linux only, by `/proc`. Processes that worker threads start, or whose parent has ended, are not counted.',
    'Only API Gateway invokes functions: there is no Invoke API, no event source, no response streaming.',
    'Python logs an error of INIT without the LAMBDA_WARNING that AWS puts before it.',
    'Tracing sets the trace header and the sampling decision; no segment is sent anywhere. Requests that no sampling rule of the template matches are all sampled: there is no Default rule.',
    'Processes that a function starts end with its environment, unless they have a process group of their own.',
  ],
  DynamoDB: [
    'dynalite stands in for DynamoDB. Expressions, conditions, updates, transactions and most validation are the twin’s own. PartiQL, streams, global tables, backups and changing a TTL return `UnknownOperationException`. Indexes cannot be added to a table or removed from it.',
    'Two independent suites, written for DynamoDB itself, run against the endpoint. Of dynamodb-conformance (commit 0ba4393) 544 of the 545 cases pass that are not about the operations above; of the files on items, expressions, indexes and transactions of ScyllaDB’s Alternator (commit f4a4091) 753 of 761. It was 472 and 588 before the twin had its own expressions and validation.',
    'If a request has several faults, the response may name another one than DynamoDB’s does. Values in messages, such as the items of a batch that is too large, are not formatted as in Java.',
    'The limit of 2 MB on the names and values of expressions is not enforced.',
    'The capacity of a scan is that of the items it reads. DynamoDB reports more for a small table. `SizeEstimateRangeGB` is always 0 to 1.',
    '`TransactionConflictException` does not occur: a write waits for a transaction on its item. Tokens of transactions are forgotten when the process of the database ends.',
    'Requests compressed with gzip are rejected, and responses are not compressed. Headers of more than 16 KB get status 431, not 400.',
    'Provisioned and on-demand capacity are accepted and described, but not enforced: no request is throttled.',
    'Every read is strongly consistent.',
    'Time to Live is described, but expired items are not deleted; on AWS that can take days as well. A stream has an ARN, no records and no API to read it.',
    'Tables on disk and at an endpoint of yours remain after the stack ends. A table with other keys or indexes than the template’s is rejected, not replaced.',
    'Encryption, table class and point-in-time recovery can be described, but nothing is encrypted or backed up. Deletion protection rejects `DeleteTable`, but does not keep the stack from being deleted.',
  ],
  IAM: [
    'DynamoDB, API Gateway and Lambda enforce IAM. Permissions of API Gateway’s logging role and of roles for flow logs are not checked.',
    'Identity policies, permissions boundaries and the policy of the gateway endpoint are evaluated. There are no organizations, session policies, users or groups; policies on tables are rejected.',
    'The twin has the AWS-managed policies that a REST API needs. Others allow nothing here, and the start names them. An unknown one is rejected as a permissions boundary, and if its name shows that it denies or is about a service that enforces IAM here.',
    'The twin supports the policy variables, condition operators and condition keys that the requests of a REST API can match. Others, such as `dynamodb:LeadingKeys`, dates, numbers and IP addresses, are rejected at start.',
    'Condition keys on tags are rejected, as no request here has tags.',
    'Statements about services that the twin does not have may use any condition operator and key, as no request here can match them.',
    'Conditions in a trust policy are not evaluated: an allow with conditions applies, a deny with conditions does not.',
    'Requests of functions count as made over TLS (`aws:SecureTransport`).',
  ],
  Network: [
    'Only calls of DynamoDB are subject to routes, endpoints and security groups. Other connections of a function are those of any process on your machine.',
    'A function without a path from one of its subnets has no path at all; on AWS only the environments in that subnet would have none.',
    'Without a path to DynamoDB, a connection is accepted and gets no response; on AWS the connection attempt would hang.',
    'Ingress rules and routes to a function have no effect, as nothing connects to a function. Network ACLs are rejected; the default one allows all. Also rejected are dedicated tenancy, Local Zones, interface endpoints and flow logs to anything but CloudWatch Logs.',
    'In a region where the id of DynamoDB’s prefix list is not certain, a rule to any prefix list is a rule to DynamoDB.',
  ],
  CloudWatch: [
    'Log groups print their lines and store none. The execution log of a stage has the reasons of failed requests only. There are no metrics: alarms, dashboards, metric filters and queries are validated as on AWS, and have no effect. Anomaly detection, PromQL and composite alarms are rejected.',
  ],
  SNS: [
    'Topics, their policies and subscriptions are validated as on AWS. Nothing is sent, and no subscription has to be confirmed. FIFO topics are rejected.',
    'A topic, key or endpoint that the template does not declare is assumed to exist.',
  ],
  CloudFormation: [
    'The start creates the stack and the end deletes it. There are no change sets and no drift. `DeletionPolicy: Retain` retains nothing.',
    'Physical ids derive from account, region, stack name and logical id: they are the same at every start.',
    'A template may have 1 MB: the limit of 51,200 bytes without a bucket is not enforced, and no capabilities are needed.',
    'With `--allow-inert` a type that the twin does not have starts without doing anything, and none of its properties is validated. The start names each resource. `Ref` and any attribute of it are a text. Types of API Gateway, CloudFormation, DynamoDB, EC2, IAM, Lambda and AWS WAF are still rejected.',
    '`CreationPolicy` and `UpdatePolicy` are accepted and have no effect: nothing is created or moved step by step.',
    'Exports are evaluated and have no effect, like `Metadata`, `NoEcho` and `UpdateReplacePolicy`. `Fn::ImportValue`, nested stacks, dynamic references, Parameter Store types and all transforms but `AWS::LanguageExtensions` are rejected.',
    '`AWS::LanguageExtensions` has `Fn::ToJsonString`, `Fn::Length`, `DefaultValue` and functions in `Fn::FindInMap`, `Fn::ForEach` over literal values, and `Ref` and `Fn::GetAtt` of names that `Fn::FindInMap`, `Fn::Sub` and `Fn::Join` make of literals.',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
