import type { ResourceType } from '../resource.ts';
import { apiGatewayAccount } from './apigateway/account.ts';
import { apiGatewayApiKey } from './apigateway/api-key.ts';
import { apiGatewayAuthorizer } from './apigateway/authorizer.ts';
import { apiGatewayBasePathMapping } from './apigateway/base-path-mapping.ts';
import { apiGatewayDeployment } from './apigateway/deployment.ts';
import { apiGatewayDomainName } from './apigateway/domain-name.ts';
import { apiGatewayGatewayResponse } from './apigateway/gateway-response.ts';
import { apiGatewayMethod } from './apigateway/method.ts';
import { apiGatewayModel } from './apigateway/model.ts';
import { apiGatewayRequestValidator } from './apigateway/request-validator.ts';
import { apiGatewayResource } from './apigateway/resource.ts';
import { apiGatewayRestApi } from './apigateway/rest-api.ts';
import { apiGatewayStage } from './apigateway/stage.ts';
import { apiGatewayUsagePlan } from './apigateway/usage-plan.ts';
import { apiGatewayUsagePlanKey } from './apigateway/usage-plan-key.ts';
import { cloudWatchAlarm } from './cloudwatch/alarm.ts';
import { cloudWatchDashboard } from './cloudwatch/dashboard.ts';
import { cognitoUserPool, cognitoUserPoolClient, cognitoUserPoolDomain } from './cognito/user-pool-types.ts';
import { dynamoDbTable } from './dynamodb/table.ts';
import { ec2Eip } from './ec2/eip.ts';
import { ec2FlowLog } from './ec2/flow-log.ts';
import { ec2InternetGateway } from './ec2/internet-gateway.ts';
import { ec2NatGateway } from './ec2/nat-gateway.ts';
import { ec2Route } from './ec2/route.ts';
import { ec2RouteTable } from './ec2/route-table.ts';
import { ec2SecurityGroup } from './ec2/security-group.ts';
import { ec2Subnet } from './ec2/subnet.ts';
import { ec2SubnetRouteTableAssociation } from './ec2/subnet-route-table-association.ts';
import { ec2Vpc } from './ec2/vpc.ts';
import { ec2VpcEndpoint } from './ec2/vpc-endpoint.ts';
import { ec2VpcGatewayAttachment } from './ec2/vpc-gateway-attachment.ts';
import { iamManagedPolicy } from './iam/managed-policy.ts';
import { iamPolicy } from './iam/policy.ts';
import { iamRole } from './iam/role.ts';
import { iamRolePolicy } from './iam/role-policy.ts';
import { lambdaAlias } from './lambda/alias.ts';
import { lambdaFunction } from './lambda/function.ts';
import { lambdaPermission } from './lambda/permission.ts';
import { lambdaVersion } from './lambda/version.ts';
import { logsLogGroup } from './logs/log-group.ts';
import { logsMetricFilter } from './logs/metric-filter.ts';
import { logsQueryDefinition } from './logs/query-definition.ts';
import { route53RecordSet } from './route53/record-set.ts';
import { snsSubscription } from './sns/subscription.ts';
import { snsTopic } from './sns/topic.ts';
import { snsTopicPolicy } from './sns/topic-policy.ts';
import { wafv2LoggingConfiguration } from './wafv2/logging-configuration.ts';
import { wafv2WebAcl } from './wafv2/web-acl.ts';
import { wafv2WebAclAssociation } from './wafv2/web-acl-association.ts';
import { xraySamplingRule } from './xray/sampling-rule.ts';

/** Every resource type that the twin supports, by name. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [
    apiGatewayAccount,
    apiGatewayApiKey,
    apiGatewayAuthorizer,
    apiGatewayBasePathMapping,
    apiGatewayDeployment,
    apiGatewayDomainName,
    apiGatewayGatewayResponse,
    apiGatewayMethod,
    apiGatewayModel,
    apiGatewayRequestValidator,
    apiGatewayResource,
    apiGatewayRestApi,
    apiGatewayStage,
    apiGatewayUsagePlan,
    apiGatewayUsagePlanKey,
    cloudWatchAlarm,
    cloudWatchDashboard,
    cognitoUserPool,
    cognitoUserPoolClient,
    cognitoUserPoolDomain,
    dynamoDbTable,
    ec2Eip,
    ec2FlowLog,
    ec2InternetGateway,
    ec2NatGateway,
    ec2Route,
    ec2RouteTable,
    ec2SecurityGroup,
    ec2Subnet,
    ec2SubnetRouteTableAssociation,
    ec2Vpc,
    ec2VpcEndpoint,
    ec2VpcGatewayAttachment,
    iamManagedPolicy,
    iamPolicy,
    iamRole,
    iamRolePolicy,
    lambdaAlias,
    lambdaFunction,
    lambdaPermission,
    lambdaVersion,
    logsLogGroup,
    logsMetricFilter,
    logsQueryDefinition,
    route53RecordSet,
    snsSubscription,
    snsTopic,
    snsTopicPolicy,
    wafv2LoggingConfiguration,
    wafv2WebAcl,
    wafv2WebAclAssociation,
    xraySamplingRule,
  ].map((resourceType) => [resourceType.type, resourceType as ResourceType]),
);
