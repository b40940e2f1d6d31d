import { ref } from './cloudformation.ts';
import { commented } from './comment.ts';
import type { Group } from './group.ts';
import { policyDocument } from './policies.ts';

/** Returns the resources that the functions of all operations share. */
export const functions = (): Group => ({
  heading: 'Functions: for each operation a log group, a role, a function, the permission to invoke it and its method',
  text: 'A role allows one action on the table. This policy adds what all functions need, and what none of them may do.',
  resources: {
    FunctionPolicy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Description:
          'Shared by the functions of the Items API: allows tracing and the key of the table, denies network interfaces and new log groups',
        PolicyDocument: policyDocument(
          commented('Lambda requires these for active tracing. X-Ray has no resources to name.', {
            Sid: 'WriteTraces',
            Effect: 'Allow',
            Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
            Resource: '*',
          }),
          commented('DynamoDB uses a key of the customer on behalf of the caller, here the function.', {
            'Fn::If': [
              'HasKmsKey',
              {
                Sid: 'UseKeyOfTable',
                Effect: 'Allow',
                Action: [
                  'kms:Decrypt',
                  'kms:DescribeKey',
                  'kms:Encrypt',
                  'kms:GenerateDataKey',
                  'kms:ReEncryptFrom',
                  'kms:ReEncryptTo',
                ],
                Resource: ref('KmsKeyArn'),
                Condition: { StringLike: { 'kms:ViaService': 'dynamodb.*' } },
              },
              ref('AWS::NoValue'),
            ],
          }),
          commented(
            `Lambda manages network interfaces with the role of the function. This statement denies the same to the code of the function, and the creation of a log group that the stack has deleted. lambda:SourceFunctionArn is present only in requests from that code.`,
            {
              Sid: 'NoNetworkInterfacesOrLogGroups',
              Effect: 'Deny',
              Action: ['ec2:*', 'logs:CreateLogGroup'],
              Resource: '*',
              Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
            },
          ),
        ),
      },
    },
  },
});
