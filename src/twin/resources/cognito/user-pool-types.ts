import type { Schema } from '../../../cloudformation/schema.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';
import { cognitoProperties } from './parts/properties.ts';

/** Whatever the value is. */
const unchecked = (names: readonly string[]): Record<string, Schema> => Object.fromEntries(names.map((name) => [name, {}]));

/*
 * Amazon Cognito beside an authorizer. The twin has no sign-up and no tokens of its own: what these types configure has no effect, so
 * that only the names of their properties are checked. A start says so.
 */

/** A user pool, of which authorizers need the ARN. */
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

/** An application that signs users in. */
export const cognitoUserPoolClient: ResourceType = {
  type: 'AWS::Cognito::UserPoolClient',
  schema: object(unchecked(cognitoProperties.UserPoolClient), ['UserPoolId']),
  start: (_properties, context) => {
    const id = apiGatewayId(context, 26);
    return { ref: id, attributes: { ClientId: id, ClientSecret: apiGatewayId(context, 51, 'secret') } };
  },
};

/** The domain of the pages that users sign in on. */
export const cognitoUserPoolDomain: ResourceType<{ readonly Domain: string }> = {
  type: 'AWS::Cognito::UserPoolDomain',
  schema: object({ Domain: string, ...unchecked(cognitoProperties.UserPoolDomain) }, ['Domain', 'UserPoolId']),
  start: ({ Domain }, context) => ({
    ref: Domain,
    attributes: { CloudFrontDistribution: `d${apiGatewayId(context, 13)}.cloudfront.net` },
  }),
};
