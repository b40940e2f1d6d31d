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
    'Of an OpenAPI document in Body, models get what JSON Schema draft 4 has of their schemas, also where an import of API Gateway leaves a keyword out, such as `minItems`; documentation parts are left out.',
    'Nothing is cached, and a canary release gets no requests. A start names the stages that have either.',
    'An API without a stage returns 403 for each request, as on AWS, and a start says so.',
    'Custom domain names, alias records of Route 53 and AWS WAF are checked and not simulated, and each start says so: requests come by the local URL only, and none is filtered.',
    'Mapping templates know a part of JSONPath and of the methods that Java’s objects have there; what else a template asks for is rejected at deployment.',
    '`ContentHandling` is `CONVERT_TO_TEXT`: bodies of binary media types are base64 in the templates of the type `AWS`, as they are in the events of a proxy integration. `CONVERT_TO_BINARY` is rejected.',
    'Of `Integration.RequestParameters` only `X-Amz-Invocation-Type` has an effect, on integrations of the type `AWS`: Lambda does not look at the others. An invocation of the type `Event` is not repeated if it fails.',
    'The role in `Integration.Credentials` needs a policy that allows `lambda:InvokeFunction`: a resource policy that names the role does not count. The identity of the caller, `arn:aws:iam::*:user/*`, is rejected.',
    'Signatures count in the `Authorization` header only: a presigned URL is a request without one.',
    'A signature must cover `Host` and, if it is sent, `X-Amz-Date`. AWS documents the same of every `X-Amz-*` header; whether it denies a request with another one unsigned is not known, and the twin allows it.',
    'Of a header that a request has in several lines, mapping templates see the last, as functions do in `headers` of an event. What AWS shows mapping templates is not documented.',
    'User pools, their clients and domains have ids and ARNs, and the values of their properties are not checked: nobody signs in. Without `--jwks` an authorizer on a pool of the stack denies every token.',
    'Cognito itself is not asked: a token counts if it is signed with a key of the JWKS that you name, whether or not the user has signed out.',
    'Whether the account has a role for logging is not asked, nor what that role may do.',
    'Each REST API has a server and a port of its own; the first gets `--port`.',
  ],
  Lambda: [
    'Functions are processes of your user on your machine, not in a sandbox: they can read your files and use your network. `/tmp` is the machine’s, shared by all, and not limited to 512 MB.',
    'Functions in Node.js load the AWS SDK, `@aws-sdk` and `@smithy`, from a folder `node_modules`: the ones above the template, above the current folder and of the twin, or `--node-modules DIR`. Functions in Python import boto3, botocore and what else Lambda has from the interpreter that `--python` names. The versions are those that are installed, not those of AWS.',
    'An SDK reaches DynamoDB by `AWS_ENDPOINT_URL_DYNAMODB`, and every other service by `AWS_ENDPOINT_URL`, which returns for each call the error `NotSimulated`. A client to which the code gives an endpoint, an AWS SDK for JavaScript before 3.428.0, or a botocore before 1.31.0 knows neither, and calls AWS.',
    'Code in S3 is the folder that `--code Function=FOLDER` names, unpacked; its version in S3 is not looked at. Functions run in that folder: they find packages in folders above it, too, may change it if you may, and serve changes of it in environments that start later, also with `--watch`. Layers and container images are rejected.',
    'The warning of missing modules is about names that the code spells out: in JavaScript in the handler’s file and the files that it loads by path, in Python in the handler’s file.',
    'A version and an alias have an ARN and permissions of their own, and run the function as it is, as its version `$LATEST`. A function has one version, and an alias points to one.',
    'All Node.js runtimes run on the Node.js that runs the twin, all Python runtimes on the machine’s Python, 3.9 or later. `provided.al2023` and `provided.al2` run the program `bootstrap` of the folder that has the code, which must be one for this machine. A runtime with which Lambda creates no functions any more is rejected.',
    'A function has at most 64 execution environments, and a few start at a time; none starts for a call that a busy one is expected to serve sooner. Such calls wait where Lambda would start more.',
    'An idle execution environment ends after 5 minutes. Its function is frozen as soon as it has returned, threads and processes that it started 5 ms later. On Windows these are not frozen, and of what they started only the runtime is killed.',
    'Nothing listens at AWS_LAMBDA_RUNTIME_API of functions in Node.js and Python: the twin hands them their events otherwise. Custom runtimes find the Runtime API there.',
    'CPU is not scaled with `MemorySize`. Memory is enforced where the system has `/proc`, that is on Linux; elsewhere a function may take what it gets. Processes that worker threads start, or whose parent has ended, do not count.',
    'Only API Gateway invokes functions: there is no Invoke API, no event source, no response streaming.',
    'Python logs an error of INIT without the LAMBDA_WARNING that AWS puts before it.',
    'Tracing sets the trace header and the sampling decision; no segment is sent anywhere. Requests that no sampling rule of the template matches are all sampled: there is no Default rule.',
    'What a function starts ends with its environment, unless it moves to a process group of its own.',
  ],
  DynamoDB: [
    'dynalite stands in for DynamoDB. Expressions, conditions, updates, transactions and most validation are the twin’s own. PartiQL, streams, global tables, backups and changing a TTL are answered with `UnknownOperationException`; indexes are neither added to a table nor removed.',
    'Two independent suites, written for DynamoDB itself, run against the endpoint. Of dynamodb-conformance (commit 0ba4393) 544 of the 545 cases pass that are not about the operations above; of the files on items, expressions, indexes and transactions of ScyllaDB’s Alternator (commit f4a4091) 753 of 761. It was 472 and 588 before the twin had its own expressions and validation.',
    'Where a request has several faults, the response may name another one of them than DynamoDB’s does. Values in messages, such as the items of a batch that is too large, are not written as Java writes them.',
    'The limit of 2 MB on the names and values of expressions is not enforced.',
    'A scan that reports its capacity counts what it reads; DynamoDB reports more for a small table. `SizeEstimateRangeGB` is always 0 to 1.',
    '`TransactionConflictException` does not occur: a write waits for a transaction on its item. Tokens of transactions are forgotten when the process of the database ends.',
    'Requests compressed with gzip are rejected, and responses are not compressed. Headers of more than 16 KB get status 431, not 400.',
    'Capacity is accepted, described and not enforced: no request is throttled, provisioned or on demand.',
    'Every read is strongly consistent.',
    'Time to Live is described, and expired items are not deleted, which on AWS can take days as well. A stream has an ARN and no records: nothing can read it.',
    'Tables on disk survive the stack, as do those at an endpoint of yours. One with other keys or indexes than the template’s is rejected, not replaced.',
    'Encryption, table class and point-in-time recovery can be described, but nothing is encrypted or backed up. Deletion protection rejects `DeleteTable`, but does not keep the stack from being deleted.',
  ],
  IAM: [
    'DynamoDB, API Gateway and Lambda ask IAM. What API Gateway’s role for logs and those of flow logs may do is not checked.',
    'Decisions are made by identity policies, permissions boundaries and the policy of the gateway endpoint. There are no organizations, session policies, users or groups; policies on tables are rejected.',
    'Of the AWS-managed policies those that a REST API needs are known. Others allow nothing here, and the start names them; one whose name tells of a service that asks IAM here, or that denies, is rejected, as is one of them as a permissions boundary.',
    'Of the policy variables, condition operators and keys those are known that make sense for the requests of a REST API. Others, such as `dynamodb:LeadingKeys`, dates, numbers and IP addresses, are rejected at start.',
    'Tags are in no request: condition keys on tags are rejected.',
    'Statements on services that the twin does not have may have any of IAM’s condition operators on any key: no request here can match them.',
    'In a trust policy, conditions of an allow count as met, and a deny with conditions as not met.',
    'Requests of functions count as made over TLS (`aws:SecureTransport`).',
  ],
  Network: [
    'Only DynamoDB is subject to routes, endpoints and security groups. Other connections of a function go out as those of any process on your machine.',
    'A function counts as cut off if any of its subnets is; on AWS only the environments in that one would be.',
    'If nothing leads to DynamoDB, a connection is accepted, and no response comes; on AWS already connecting would hang.',
    'Ingress rules and routes to a function have no effect, as nothing connects to one. Network ACLs are rejected; the default one allows all. So are dedicated tenancy, Local Zones, interface endpoints and flow logs to anything but CloudWatch Logs.',
    'In a region where the id of DynamoDB’s prefix list is not certain, a rule to any prefix list counts as one to DynamoDB.',
  ],
  CloudWatch: [
    'Log groups print their lines as they come and store none. The execution log of a stage has the reasons of failed requests and nothing else. There are no metrics: alarms, dashboards, metric filters and queries are validated as AWS does, and that is all. Anomaly detection, PromQL and composite alarms are rejected.',
  ],
  SNS: [
    'Topics, their policies and subscriptions are held against what AWS asks of them, and nothing is sent or has to be confirmed. FIFO topics are rejected.',
    'Whether a topic, a key or an endpoint exists that the template does not declare is not asked.',
  ],
  CloudFormation: [
    'A start creates the stack anew, its end deletes it: no updates, change sets or drift. `DeletionPolicy: Retain` keeps nothing.',
    'Physical ids derive from account, region, stack name and logical id: they are the same at every start.',
    'A template may have 1 MB: the 51,200 bytes that a template may have without a bucket are not enforced here, and no capabilities are asked for.',
    'With `--allow-inert` a type that the twin does not have starts without doing anything, and none of its properties is checked; the start names each resource. It has `Ref` and any attribute that is asked for, a text that no request needs. Types of API Gateway, CloudFormation, DynamoDB, EC2, IAM, Lambda and AWS WAF are rejected all the same.',
    '`CreationPolicy` and `UpdatePolicy` are accepted and not acted on: nothing is created or moved step by step.',
    'Exports are evaluated and go nowhere, as do `Metadata`, `NoEcho` and `UpdateReplacePolicy`. `Fn::ImportValue`, nested stacks, dynamic references, Parameter Store types and all transforms but `AWS::LanguageExtensions` are rejected.',
    'Of `AWS::LanguageExtensions` there are `Fn::ToJsonString`, `Fn::Length`, `DefaultValue` and functions in `Fn::FindInMap`, `Fn::ForEach` over literal values, and `Ref` and `Fn::GetAtt` of names that `Fn::FindInMap`, `Fn::Sub` and `Fn::Join` make of literals.',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
