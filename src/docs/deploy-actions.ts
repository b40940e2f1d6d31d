const tagging = ['TagResource', 'UntagResource'] as const;

/** Returns actions of a service by their names. */
export const of = (service: string, ...names: readonly string[]): string[] => names.map((name) => `${service}:${name}`);

const gatewayVerbs = of('apigateway', 'DELETE', 'GET', 'PATCH', 'POST', 'PUT');

/**
 * Actions that CloudFormation needs for resources of each type, limited to what the template uses. Source: `handlers` in the
 * schemas of the resource types.
 */
export const actionsByType: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::Account': gatewayVerbs,
  'AWS::ApiGateway::ApiKey': gatewayVerbs,
  'AWS::ApiGateway::Authorizer': gatewayVerbs,
  'AWS::ApiGateway::BasePathMapping': gatewayVerbs,
  'AWS::ApiGateway::Deployment': gatewayVerbs,
  'AWS::ApiGateway::DomainName': [
    ...gatewayVerbs,
    ...of('apigateway', 'AddCertificateToDomain', 'RemoveCertificateFromDomain'),
  ],
  'AWS::ApiGateway::GatewayResponse': gatewayVerbs,
  'AWS::ApiGateway::Method': gatewayVerbs,
  'AWS::ApiGateway::Model': gatewayVerbs,
  'AWS::ApiGateway::RequestValidator': gatewayVerbs,
  'AWS::ApiGateway::Resource': gatewayVerbs,
  'AWS::ApiGateway::RestApi': gatewayVerbs,
  'AWS::ApiGateway::Stage': gatewayVerbs,
  'AWS::ApiGateway::UsagePlan': gatewayVerbs,
  'AWS::ApiGateway::UsagePlanKey': gatewayVerbs,
  'AWS::CloudWatch::Alarm': of('cloudwatch', 'DeleteAlarms', 'Describe*', 'List*', 'PutMetricAlarm', ...tagging),
  'AWS::CloudWatch::Dashboard': of('cloudwatch', 'DeleteDashboards', 'GetDashboard', 'PutDashboard', ...tagging),
  'AWS::DynamoDB::Table': of(
    'dynamodb',
    ...['CreateTable', 'DeleteTable', 'Describe*', 'GetResourcePolicy', 'List*', 'UpdateContinuousBackups', 'UpdateTable'],
    ...tagging,
  ),
  'AWS::EC2::EIP': of('ec2', 'AllocateAddress', 'DisassociateAddress', 'ReleaseAddress'),
  'AWS::EC2::FlowLog': [
    ...of('ec2', 'CreateFlowLogs', 'DeleteFlowLogs'),
    ...of('logs', 'CreateLogDelivery', 'DeleteLogDelivery'),
  ],
  'AWS::EC2::InternetGateway': of('ec2', 'CreateInternetGateway', 'DeleteInternetGateway'),
  'AWS::EC2::NatGateway': of('ec2', 'CreateNatGateway', 'DeleteNatGateway'),
  'AWS::EC2::Route': of('ec2', 'CreateRoute', 'DeleteRoute', 'ReplaceRoute'),
  'AWS::EC2::RouteTable': of('ec2', 'CreateRouteTable', 'DeleteRouteTable'),
  'AWS::EC2::SecurityGroup': of(
    'ec2',
    ...['AuthorizeSecurityGroupEgress', 'CreateSecurityGroup', 'DeleteSecurityGroup', 'RevokeSecurityGroupEgress'],
    'UpdateSecurityGroupRuleDescriptionsEgress',
  ),
  'AWS::EC2::Subnet': of('ec2', 'CreateSubnet', 'DeleteSubnet', 'ModifySubnetAttribute'),
  'AWS::EC2::SubnetRouteTableAssociation': of(
    'ec2',
    ...['AssociateRouteTable', 'DisassociateRouteTable', 'ReplaceRouteTableAssociation'],
  ),
  'AWS::EC2::VPC': of('ec2', 'CreateTags', 'CreateVpc', 'DeleteTags', 'DeleteVpc', 'Describe*', 'ModifyVpcAttribute'),
  'AWS::EC2::VPCEndpoint': of('ec2', 'CreateVpcEndpoint', 'DeleteVpcEndpoints', 'ModifyVpcEndpoint'),
  'AWS::EC2::VPCGatewayAttachment': of('ec2', 'AttachInternetGateway', 'DetachInternetGateway'),
  'AWS::IAM::ManagedPolicy': of(
    'iam',
    ...['CreatePolicy', 'CreatePolicyVersion', 'DeletePolicy', 'DeletePolicyVersion', 'GetPolicy', 'GetPolicyVersion'],
  ),
  'AWS::IAM::Role': of(
    'iam',
    ...['AttachRolePolicy', 'CreateRole', 'DeleteRole', 'DeleteRolePermissionsBoundary', 'DeleteRolePolicy'],
    ...['DetachRolePolicy', 'GetRole', 'GetRolePolicy', 'List*', 'PutRolePermissionsBoundary', 'PutRolePolicy'],
    ...['TagRole', 'UntagRole', 'UpdateAssumeRolePolicy', 'UpdateRole', 'UpdateRoleDescription'],
  ),
  'AWS::Lambda::Function': [
    ...of(
      'lambda',
      ...['CreateFunction', 'DeleteFunction', 'DeleteFunctionConcurrency', 'GetFunction', 'GetFunctionCodeSigningConfig'],
      ...[
        'GetFunctionRecursionConfig',
        'GetFunctionScalingConfig',
        'GetRuntimeManagementConfig',
        'List*',
        'PutFunctionConcurrency',
      ],
      ...['UpdateFunctionCode', 'UpdateFunctionConfiguration'],
      ...tagging,
    ),
    // DescribeNetworkInterfaces: without it, CloudFormation does not wait until Lambda has deleted the network interfaces.
    'ec2:Describe*',
  ],
  'AWS::Lambda::Permission': of('lambda', 'AddPermission', 'GetPolicy', 'RemovePermission'),
  'AWS::Logs::LogGroup': of(
    'logs',
    ...['AssociateKmsKey', 'CreateLogGroup', 'DeleteLogGroup', 'DeleteRetentionPolicy', 'Describe*'],
    ...['DisassociateKmsKey', 'GetDataProtectionPolicy', 'List*', 'PutRetentionPolicy'],
    ...tagging,
  ),
  'AWS::Logs::MetricFilter': of('logs', 'DeleteMetricFilter', 'PutMetricFilter'),
  'AWS::Logs::QueryDefinition': of('logs', 'DeleteQueryDefinition', 'PutQueryDefinition'),
  'AWS::Route53::RecordSet': of('route53', 'ChangeResourceRecordSets', 'GetChange', 'GetHostedZone', 'List*'),
  'AWS::SNS::Subscription': of('sns', 'GetSubscriptionAttributes', 'Subscribe', 'Unsubscribe'),
  'AWS::SNS::Topic': of(
    'sns',
    ...['CreateTopic', 'DeleteTopic', 'GetDataProtectionPolicy', 'GetTopicAttributes', 'List*', 'SetTopicAttributes'],
    ...tagging,
  ),
  'AWS::WAFv2::LoggingConfiguration': [
    ...of('wafv2', 'DeleteLoggingConfiguration', 'GetLoggingConfiguration', 'PutLoggingConfiguration'),
    ...of('logs', 'CreateLogDelivery', 'DeleteLogDelivery', 'PutResourcePolicy'),
  ],
  'AWS::WAFv2::WebACL': of('wafv2', 'CreateWebACL', 'DeleteWebACL', 'GetWebACL', 'List*', 'UpdateWebACL', ...tagging),
  'AWS::WAFv2::WebACLAssociation': [
    ...of('wafv2', 'AssociateWebACL', 'DisassociateWebACL', 'GetWebACLForResource'),
    'apigateway:SetWebACL',
  ],
  'AWS::XRay::SamplingRule': of(
    'xray',
    ...['CreateSamplingRule', 'DeleteSamplingRule', 'GetSamplingRules', 'List*', 'UpdateSamplingRule'],
    ...tagging,
  ),
};
