import { Fn, type Stack } from 'aws-cdk-lib';
import {
  CfnAuthorizer,
  CfnMethod,
  CfnModel,
  CfnRequestValidator,
  type CfnResource,
  type CfnRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { models } from '../contract/item.ts';
import type { Operation } from '../contract/operations.ts';
import type { Conditions } from './conditions.ts';
import type { Parameters } from './parameters.ts';

/** What a request is held against before it gets to a function. */
export interface RequestChecks {
  readonly models: ReadonlyMap<string, CfnModel>;
  readonly validator: CfnRequestValidator;
  readonly authorizerId: string;
}

/** Adds the models of bodies, the validator and the authorizer. */
export const addRequestChecks = (
  stack: Stack,
  restApi: CfnRestApi,
  parameters: Parameters,
  conditions: Conditions,
): RequestChecks => {
  const cfnModels = Object.entries(models).map(([name, schema]): [string, CfnModel] => [
    name,
    new CfnModel(stack, `${name}Model`, {
      restApiId: restApi.ref,
      name,
      contentType: 'application/json',
      schema,
    }),
  ]);
  const validator = new CfnRequestValidator(stack, 'RequestValidator', {
    restApiId: restApi.ref,
    name: 'body-and-parameters',
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  const authorizer = new CfnAuthorizer(stack, 'Authorizer', {
    restApiId: restApi.ref,
    name: 'user-pool',
    type: 'COGNITO_USER_POOLS',
    identitySource: 'method.request.header.Authorization',
    providerArns: [parameters.UserPoolArn.valueAsString],
  });
  authorizer.cfnOptions.condition = conditions.UsesCognito;
  const authorizerId = Fn.conditionIf(conditions.UsesCognito.logicalId, authorizer.ref, Fn.ref('AWS::NoValue')).toString();
  return { models: new Map(cfnModels), validator, authorizerId };
};

/** Adds the method of an operation, with its integration and the permission to invoke exactly that function from it. */
export const addMethod = (
  stack: Stack,
  { name, method, path, model }: Operation,
  resource: CfnResource,
  surroundings: RequestChecks & { readonly restApi: CfnRestApi; readonly parameters: Parameters },
): CfnMethod => {
  const { restApi, parameters, models, validator, authorizerId } = surroundings;
  new CfnPermission(stack, `${name}Permission`, {
    functionName: Fn.ref(`${name}Function`),
    action: 'lambda:InvokeFunction',
    principal: 'apigateway.amazonaws.com',
    sourceAccount: Fn.ref('AWS::AccountId'),
    sourceArn: Fn.sub(
      `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${RestApi}/\${StageName}/${method}${path.replace(/\{\w+\}/g, '*')}`,
    ),
  });
  const cfnMethod = new CfnMethod(stack, `${name}Method`, {
    restApiId: restApi.ref,
    resourceId: resource.ref,
    httpMethod: method,
    authorizationType: parameters.AuthorizationType.valueAsString,
    authorizerId,
    apiKeyRequired: parameters.RequireApiKey.value,
    // No RequestParameters: a path without its parameter is another path, headers and query parameters are optional.
    // Under `$default` no content type gets past the model. Every API has the model Empty from the start.
    requestModels: { $default: model ?? 'Empty' },
    requestValidatorId: validator.ref,
    integration: {
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: Fn.sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Arn}/invocations', {
        Arn: Fn.getAtt(`${name}Function`, 'Arn').toString(),
      }),
    },
  });
  // Models go by name, which does not make a method wait for them.
  for (const needed of models.values()) cfnMethod.addResourceDependency(needed);
  return cfnMethod;
};
