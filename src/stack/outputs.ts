import { CfnOutput, type CfnOutputProps, Fn, type Stack } from 'aws-cdk-lib';
import type { CfnApiKey } from 'aws-cdk-lib/aws-apigateway';
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { operations } from '../contract/operations.ts';
import type { Conditions } from './conditions.ts';
import type { Network } from './network.ts';

/** Adds the outputs: what a user, a test or another stack needs to know. */
export const addOutputs = (
  stack: Stack,
  { conditions, network, securityGroup, table, apiKey, alarmTopicArn }: OutputSources,
): void => {
  const output = (id: string, description: string, value: string, rest?: Partial<CfnOutputProps>): void => {
    new CfnOutput(stack, id, { description, value, ...rest });
  };
  const subnets = (kind: 'publicSubnet' | 'privateSubnet'): string =>
    Fn.join(
      ',',
      network.zones.map((zone) => zone[kind].ref),
    );
  output(
    'ApiInvokeUrl',
    'Base URL of the API',
    Fn.sub('https://${RestApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${Stage}'),
  );
  output('TableName', 'Name of the table', table.ref);
  output('VpcId', 'Id of the VPC', network.vpc.ref);
  output('PublicSubnetIds', 'Public subnets, comma-separated', subnets('publicSubnet'));
  output('PrivateSubnetIds', 'Private subnets, comma-separated', subnets('privateSubnet'));
  output('LambdaSecurityGroupId', 'Security group of the functions', securityGroup.attrGroupId);
  for (const { name } of operations) {
    // An output's description must be the same text for all: CloudFormation takes no function in it.
    output(`${name}FunctionArn`, 'ARN of the function', Fn.getAtt(`${name}Function`, 'Arn').toString());
  }
  output('AlarmTopicArn', 'Topic that alarms notify', alarmTopicArn);
  output('ApiKeyId', 'For aws apigateway get-api-key --include-value --api-key', apiKey.ref, {
    condition: conditions.RequiresApiKey,
  });
};

interface OutputSources {
  readonly conditions: Conditions;
  readonly network: Network;
  readonly securityGroup: CfnSecurityGroup;
  readonly table: CfnTable;
  readonly apiKey: CfnApiKey;
  readonly alarmTopicArn: string;
}
