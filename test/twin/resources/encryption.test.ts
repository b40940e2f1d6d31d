import { describe, expect, it } from 'vitest';
import { startTemplate } from './support.ts';

const table = (encryption: string) => `  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      SSESpecification: ${encryption}
`;
const logGroup = (key: string) => `  Logs: { Type: AWS::Logs::LogGroup, Properties: { KmsKeyId: ${key} } }\n`;
const api = (properties: string) =>
  `  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: items, ${properties} } }\n`;
const regional = 'EndpointConfiguration: { Types: [REGIONAL] }';

describe('encryption that AWS rejects', () => {
  it.each([
    [
      table('{ SSEEnabled: false, SSEType: KMS, KMSMasterKeyId: alias/items }'),
      'Table (AWS::DynamoDB::Table): property SSESpecification names a key in KMSMasterKeyId, but SSEEnabled is false; make it true',
    ],
    [table('{ SSEType: KMS }'), 'property SSESpecification.SSEEnabled is missing'],
    [
      table('{ SSEEnabled: true, KMSMasterKeyId: items }'),
      'property SSESpecification.KMSMasterKeyId must match the pattern',
    ],
    [logGroup('alias/items'), 'Logs (AWS::Logs::LogGroup): property KmsKeyId must match the pattern'],
    [logGroup('12345678-1234-1234-1234-123456789012'), 'property KmsKeyId must match the pattern'],
    [
      '  F: { Type: AWS::Lambda::Function, Properties: { KmsKeyArn: alias/items } }\n',
      'F (AWS::Lambda::Function): property KmsKeyArn must match the pattern',
    ],
    [
      api(`SecurityPolicy: SecurityPolicy_TLS13_1_3_2025_09, ${regional}`),
      'Api (AWS::ApiGateway::RestApi): property EndpointAccessMode is missing, which the SecurityPolicy SecurityPolicy_TLS13_1_3_2025_09 needs; set STRICT or BASIC',
    ],
    [
      api('SecurityPolicy: SecurityPolicy_TLS13_1_3_2025_09, EndpointAccessMode: BASIC'),
      'property SecurityPolicy is SecurityPolicy_TLS13_1_3_2025_09, which is not for endpoints of the type EDGE; choose one of TLS_1_0, SecurityPolicy_TLS13_2025_EDGE',
    ],
    [
      api(`SecurityPolicy: SecurityPolicy_TLS13_2025_EDGE, EndpointAccessMode: BASIC, ${regional}`),
      'which is not for endpoints of the type REGIONAL; choose one of TLS_1_0, TLS_1_2, SecurityPolicy_TLS13_1_3',
    ],
    [api('SecurityPolicy: TLS_1_3'), 'property SecurityPolicy must be one of TLS_1_0, TLS_1_2, SecurityPolicy_TLS13_1_3'],
    [
      api(`SecurityPolicy: TLS_1_2, EndpointAccessMode: STRICT, ${regional}`),
      'property EndpointAccessMode is STRICT. Endpoint access mode is not supported for this security policy (TLS_1_2); remove it',
    ],
    [api(`EndpointAccessMode: STRICT, ${regional}`), 'is not supported for this security policy (TLS_1_0)'],
    [api('SecurityPolicy: TLS_1_2'), 'property SecurityPolicy is TLS_1_2, which is not for endpoints of the type EDGE'],
    [api('EndpointAccessMode: LOOSE'), 'property EndpointAccessMode must be one of BASIC, STRICT'],
  ])('%#', async (resources, message) => {
    await expect(startTemplate(resources)).rejects.toThrow(message);
  });

  it('is told with all else that is wrong', async () => {
    const both = `${table('{ SSEEnabled: false, KMSMasterKeyId: alias/items }')}${api('SecurityPolicy: SecurityPolicy_TLS13_1_3_2025_09')}`;
    await expect(startTemplate(both)).rejects.toThrow(
      /Table \(.*SSESpecification names[^\n]*\nApi \(.*EndpointAccessMode is missing[^\n]*\nApi \(.*SecurityPolicy is/,
    );
  });
});
