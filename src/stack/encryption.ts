import { Fn } from 'aws-cdk-lib';
import type { Conditions } from './conditions.ts';
import type { Parameters } from './parameters.ts';
import type { Statement } from './policies.ts';

/** The key that the user has named, or nothing: then a service takes one of its own. */
export const ownKey = ({ KmsKeyArn }: Pick<Parameters, 'KmsKeyArn'>, { HasKmsKey }: Pick<Conditions, 'HasKmsKey'>): string =>
  Fn.conditionIf(HasKmsKey.logicalId, KmsKeyArn.valueAsString, Fn.ref('AWS::NoValue')).toString();

/**
 * What the roles of functions need where the table has a key of the user's: DynamoDB uses it in the name of whoever calls
 * (DynamoDB Developer Guide, "Authorizing use of a customer managed key"). Not for anything else with that key.
 */
export const keyStatement = ({ KmsKeyArn }: Parameters, { HasKmsKey }: Conditions): Statement =>
  Fn.conditionIf(
    HasKmsKey.logicalId,
    {
      Effect: 'Allow',
      Action: ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'].map(
        (action) => `kms:${action}`,
      ),
      Resource: KmsKeyArn.valueAsString,
      Condition: { StringLike: { 'kms:ViaService': 'dynamodb.*' } },
    },
    Fn.ref('AWS::NoValue'),
  ) as unknown as Statement;
