import { ref } from './cloudformation.ts';
import { commented } from './comment.ts';
import type { Group } from './group.ts';
import { policyDocument } from './policies.ts';

/** What the functions of all operations share. */
export const functions = (): Group => ({
  heading: 'Functions: for each operation a log group, a role, a function, the permission to invoke it and its method',
  text: 'A role allows one action on the table. This policy adds what all functions need, and what none of them may do.',
  resources: {
    FunctionPolicy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Description: 'Tracing and the key of the table for the functions of the Items API',
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
            `Lambda manages network interfaces with the function's role. The function's own code may not (the key is present only in its requests), nor create a log group again after the stack deleted it.`,
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
