import type { Schema } from '../../../cloudformation/schema.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';
import { cognitoProperties } from './parts/properties.ts';

/** Returns schemas that accept any value. */
const unchecked = (names: readonly string[]): Record<string, Schema> => Object.fromEntries(names.map((name) => [name, {}]));

/*
 * Amazon Cognito for authorizers. The twin has no sign-up and issues no tokens, so the properties of these types are inert, and
 * only their names are validated. The twin reports this when it starts.
 */

/** A user pool. Authorizers refer to its ARN. */
export const cognitoUserPool: ResourceType = {
  type: 'AWS::Cognito::UserPool',
  schema: object(unchecked(cognitoProperties.UserPool)),
  start: (_properties, context) => {
    const { partition, region, accountId, urlSuffix } = context.stack;
    const { userPools } = context.services.gateway;
    const id = `${region}_${apiGatewayId(context, 9)}`;
    const arn = `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${id}`;
    const provider = `cognito-idp.${region}.${urlSuffix}/${id}`;
    userPools.add(arn);
    return {
      ref: id,
      attributes: { Arn: arn, UserPoolId: id, ProviderName: provider, ProviderURL: `https://${provider}` },
      stop: () => void userPools.delete(arn),
    };
  },
};

/** An app client. */
export const cognitoUserPoolClient: ResourceType = {
  type: 'AWS::Cognito::UserPoolClient',
  schema: object(unchecked(cognitoProperties.UserPoolClient), ['UserPoolId']),
  start: (_properties, context) => {
    const id = apiGatewayId(context, 26);
    return { ref: id, attributes: { ClientId: id, ClientSecret: apiGatewayId(context, 51, 'secret') } };
  },
};

/** The domain of the sign-in pages. */
export const cognitoUserPoolDomain: ResourceType<{ readonly Domain: string }> = {
  type: 'AWS::Cognito::UserPoolDomain',
  schema: object({ Domain: string, ...unchecked(cognitoProperties.UserPoolDomain) }, ['Domain', 'UserPoolId']),
  start: ({ Domain }, context) => ({
    ref: Domain,
    attributes: { CloudFrontDistribution: `d${apiGatewayId(context, 13)}.cloudfront.net` },
  }),
};
