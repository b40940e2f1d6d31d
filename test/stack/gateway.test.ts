import { describe, expect, it } from 'vitest';
import { entities } from '../../src/contract/entities.ts';
import { idPattern } from '../../src/contract/item.ts';
import { accessLogFields } from '../../src/stack/stage.ts';
import { arn, idsOf, properties, ref, resource } from './built.ts';

describe('the API', () => {
  it('has a resource for each path, under that of the path above', () => {
    for (const entity of entities) {
      const { collection, one } = idsOf(entity);
      expect(properties(collection)).toEqual({
        RestApiId: ref('RestApi'),
        ParentId: { 'Fn::GetAtt': ['RestApi', 'RootResourceId'] },
        PathPart: entity.path,
      });
      expect(properties(one)).toMatchObject({ ParentId: ref(collection), PathPart: '{id}' });
    }
  });

  it('has a model for each entity, of which a JSON object is all that it asks', () => {
    for (const entity of entities) {
      const { Schema, ...rest } = properties<{ Schema: object }>(idsOf(entity).model);
      expect(rest).toEqual({ RestApiId: ref('RestApi'), Name: entity.name, ContentType: 'application/json' });
      expect(Schema).toEqual({
        $schema: 'http://json-schema.org/draft-04/schema#',
        title: entity.name === 'Item' ? 'An item' : expect.stringMatching(/^An? [a-z0-9 ]+$/),
        type: 'object',
      });
      expect(JSON.stringify(Schema)).not.toContain(idPattern);
    }
  });

  it('checks bodies and parameters', () => {
    expect(properties('RequestValidator')).toMatchObject({
      ValidateRequestBody: true,
      ValidateRequestParameters: true,
    });
  });

  it('has an authorizer for user pools, if one is chosen', () => {
    expect(resource('Authorizer')).toMatchObject({
      Condition: 'UsesCognito',
      Properties: {
        Type: 'COGNITO_USER_POOLS',
        IdentitySource: 'method.request.header.Authorization',
        ProviderARNs: [ref('UserPoolArn')],
      },
    });
  });
});

describe('the stage', () => {
  const stage = properties<Record<string, unknown> & { AccessLogSetting: { Format: string; DestinationArn: object } }>(
    'Stage',
  );

  it('throttles, logs errors and traces on all methods, and logs no bodies', () => {
    expect(stage.MethodSettings).toEqual([
      {
        ResourcePath: '/*',
        HttpMethod: '*',
        LoggingLevel: 'ERROR',
        DataTraceEnabled: false,
        MetricsEnabled: ref('DetailedMetrics'),
        ThrottlingRateLimit: ref('ThrottlingRateLimit'),
        ThrottlingBurstLimit: ref('ThrottlingBurstLimit'),
      },
    ]);
    expect(stage.TracingEnabled).toBe(true);
  });

  it('gives preflights the allowed origins, or a word for any', () => {
    expect(stage.Variables).toEqual({
      allowedOrigins: { 'Fn::If': ['AllowsAnyOrigin', 'any', { 'Fn::Join': [',', ref('AllowedOrigins')] }] },
    });
  });

  it('logs each request as one line of JSON, whatever the values', () => {
    const { Format, DestinationArn } = stage.AccessLogSetting;
    expect(DestinationArn).toEqual(arn('AccessLogGroup'));
    expect(Format).not.toContain('\n');
    // Every value is in quotes: API Gateway escapes it, and writes "-" for one that there is not.
    expect(Format.replaceAll(/"\w+": "\$context\.[\w.]+"(?:, )?/g, '')).toBe('{  }');
    for (const value of ['-', 'a \\"b\\" \\\\', '']) {
      const line = JSON.parse(Format.replaceAll(/\$context\.[\w.]+/g, value));
      expect(Object.keys(line)).toEqual(Object.keys(accessLogFields));
    }
    expect(Object.values(accessLogFields)).toEqual(
      expect.arrayContaining(['requestId', 'identity.sourceIp', 'status', 'error.responseType', 'integration.latency']),
    );
  });

  it('waits for its log group, and for the role that API Gateway logs with', () => {
    expect(resource('Stage').DependsOn).toEqual(['ExecutionLogGroup']);
    expect(properties('ExecutionLogGroup').LogGroupName).toEqual({
      'Fn::Sub': 'API-Gateway-Execution-Logs_${RestApi}/${StageName}',
    });
    // DependsOn must not name a resource that may not be there.
    expect(stage.Description).toEqual({
      'Fn::If': ['ManagesAccount', { 'Fn::Sub': 'Items API, logging with ${ApiGatewayAccount}' }, 'Items API'],
    });
    for (const id of ['ApiGatewayAccount', 'ApiGatewayAccountRole']) {
      expect(resource(id).Condition).toBe('ManagesAccount');
    }
    expect(properties('ApiGatewayAccount')).toEqual({ CloudWatchRoleArn: arn('ApiGatewayAccountRole') });
    expect(properties('ApiGatewayAccountRole').ManagedPolicyArns).toEqual([
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs' },
    ]);
  });

  it('traces as many requests as the parameter says', () => {
    expect(properties('TraceSampling').SamplingRule).toMatchObject({
      FixedRate: ref('TraceSamplingRate'),
      ReservoirSize: 0,
      ResourceARN: {
        'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${RestApi}/stages/${StageName}',
      },
    });
  });
});
