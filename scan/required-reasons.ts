/*
 * Reasons why the twin requires properties that the schema of their resource type does not require. AWS rejects a template
 * without most of them, by rules that a schema cannot express. Without the others, the twin has nothing to do.
 */

/** The APIs of AWS require them, although the schema does not. */
const wantedByAws = 'the API of the service rejects a resource without it';

/** The list of the twin's differences has the alternatives. */
const onlyForm = 'the twin supports no other form, and the start says so';

/** Reasons by resource type and property. */
export const requiredReasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::ApiGateway::Authorizer': {
    ProviderARNs: 'wanted for COGNITO_USER_POOLS, the only type of authorizer here',
    IdentitySource: 'wanted for COGNITO_USER_POOLS, the only type of authorizer here',
  },
  'AWS::ApiGateway::BasePathMapping': { RestApiId: 'without it the mapping has no API to lead to' },
  'AWS::ApiGateway::Deployment': {
    'StageDescription.AccessLogSetting.DestinationArn': wantedByAws,
    'StageDescription.AccessLogSetting.Format': wantedByAws,
  },
  'AWS::ApiGateway::DomainName': { DomainName: wantedByAws },
  'AWS::ApiGateway::Stage': {
    DeploymentId: 'a stage without a deployment serves nothing',
    'AccessLogSetting.DestinationArn': wantedByAws,
    'AccessLogSetting.Format': wantedByAws,
  },
  'AWS::ApiGateway::UsagePlan': {
    'ApiStages[].ApiId': wantedByAws,
    'ApiStages[].Stage': wantedByAws,
    'Quota.Limit': wantedByAws,
    'Quota.Period': wantedByAws,
  },
  'AWS::CloudWatch::Alarm': {
    ComparisonOperator: wantedByAws,
    EvaluationPeriods: wantedByAws,
    Threshold: 'wanted unless the alarm is on a band of anomalies, which the twin does not read',
  },
  'AWS::DynamoDB::Table': {
    AttributeDefinitions: wantedByAws,
    'KeySchema[].AttributeName': 'the schema of AWS has KeySchema in two forms, both with it',
    'KeySchema[].KeyType': 'the schema of AWS has KeySchema in two forms, both with it',
  },
  'AWS::EC2::FlowLog': {
    TrafficType: wantedByAws,
    DeliverLogsPermissionArn: 'wanted for CloudWatch Logs, the only destination here',
  },
  'AWS::EC2::NatGateway': { SubnetId: onlyForm },
  'AWS::EC2::Route': { DestinationCidrBlock: onlyForm },
  'AWS::EC2::SecurityGroup': { VpcId: 'without it the group is in the default VPC, which the twin does not have' },
  'AWS::EC2::Subnet': { CidrBlock: onlyForm },
  'AWS::EC2::VPC': { CidrBlock: onlyForm },
  'AWS::EC2::VPCEndpoint': { ServiceName: onlyForm, 'PolicyDocument.Statement': wantedByAws },
  'AWS::EC2::VPCGatewayAttachment': { InternetGatewayId: onlyForm },
  'AWS::IAM::ManagedPolicy': { 'PolicyDocument.Statement': wantedByAws },
  'AWS::IAM::Policy': { Roles: 'users and groups are not in the twin', 'PolicyDocument.Statement': wantedByAws },
  'AWS::IAM::Role': {
    'AssumeRolePolicyDocument.Statement': wantedByAws,
    'Policies[].PolicyDocument.Statement': wantedByAws,
  },
  'AWS::IAM::RolePolicy': { PolicyDocument: wantedByAws, 'PolicyDocument.Statement': wantedByAws },
  'AWS::Lambda::Function': {
    Handler: 'wanted for code that is no image',
    Runtime: 'wanted for code that is no image',
  },
  'AWS::Route53::RecordSet': { AliasTarget: onlyForm },
  'AWS::SNS::Subscription': { Endpoint: wantedByAws, 'RedrivePolicy.deadLetterTargetArn': wantedByAws },
  'AWS::SNS::TopicPolicy': { 'PolicyDocument.Statement': wantedByAws },
  'AWS::XRay::SamplingRule': { SamplingRule: wantedByAws, 'SamplingRule.RuleName': wantedByAws },
};
