import { entities, entityPrefix, wordsOf } from '../contract/entities.ts';
import { operations } from '../contract/operations.ts';
import { getAtt, join, type Output, ref, sub } from './cloudformation.ts';
import { functionId } from './operation.ts';
import { tableId } from './table.ts';

/** Returns the outputs, which users, tests and other stacks need. */
export const outputs = (): Record<string, Output> => ({
  ApiInvokeUrl: {
    Description: 'Base URL of the API',
    Value: sub('https://${RestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}'),
  },
  DomainUrl: {
    Description: 'Base URL of the API at the custom domain',
    Condition: 'HasDomain',
    Value: sub('https://${Domain}'),
  },
  DomainTarget: {
    Description: 'Host name that the DNS record of the custom domain must refer to',
    Condition: 'HasDomain',
    Value: getAtt('Domain', 'RegionalDomainName'),
  },
  ...Object.fromEntries(
    entities.map((entity): [string, Output] => [
      `${entityPrefix(entity)}TableName`,
      { Description: `Name of the table of ${wordsOf(entity).many}`, Value: ref(tableId(entity)) },
    ]),
  ),
  VpcId: { Description: 'Id of the VPC', Value: ref('Vpc') },
  PublicSubnetIds: {
    Description: 'Ids of the public subnets, comma-separated',
    Value: join(',', [ref('PublicSubnet1'), ref('PublicSubnet2')]),
  },
  PrivateSubnetIds: {
    Description: 'Ids of the private subnets, comma-separated',
    Value: join(',', [ref('PrivateSubnet1'), ref('PrivateSubnet2')]),
  },
  LambdaSecurityGroupId: {
    Description: 'Id of the security group of the functions',
    Value: getAtt('LambdaSecurityGroup', 'GroupId'),
  },
  ...Object.fromEntries(
    operations.map((operation): [string, Output] => [
      `${functionId(operation)}Arn`,
      { Description: `ARN of the function of ${operation.name}`, Value: getAtt(functionId(operation), 'Arn') },
    ]),
  ),
  AlarmTopicArn: { Description: 'ARN of the topic that alarms notify', Value: ref('AlarmTopic') },
  ApiKeyId: {
    Description: 'Id of the API key; aws apigateway get-api-key --include-value --api-key ID prints its value',
    Condition: 'RequiresApiKey',
    Value: ref('ApiKey'),
  },
});
