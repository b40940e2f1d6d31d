import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { apiGatewayBasePathMapping } from '../../../src/twin/resources/apigateway/base-path-mapping.ts';
import { apiGatewayDomainName } from '../../../src/twin/resources/apigateway/domain-name.ts';
import { route53RecordSet } from '../../../src/twin/resources/route53/record-set.ts';
import { createTestStack } from '../gateway/stack.ts';

const { gateway, serve, start } = createTestStack();
afterEach(() => gateway.stop());

const properties = {
  DomainName: 'items.example.com',
  RegionalCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/0f3c',
  EndpointConfiguration: { Types: ['REGIONAL'] },
};
const domain = (changes: JsonObject = {}) => start(apiGatewayDomainName, { ...properties, ...changes });

describe('a custom domain name', () => {
  it('has the attributes that an alias record needs', async () => {
    const { ref, attributes, stop } = await domain({
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
    });
    expect(ref).toBe('items.example.com');
    expect(attributes?.RegionalDomainName).toMatch(/^d-[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/);
    const { RegionalDomainName: DNSName, RegionalHostedZoneId: HostedZoneId } = attributes ?? {};
    const record = { Name: ref, Type: 'A', HostedZoneId: 'Z0123456789ABC', AliasTarget: { DNSName, HostedZoneId } };
    await expect(start(route53RecordSet, record)).resolves.toMatchObject({ ref });
    await expect(domain()).rejects.toThrow('property DomainName is items.example.com, which is declared twice');
    await stop?.();
  });

  it('is edge-optimized unless told otherwise, with a distribution of CloudFront', async () => {
    const CertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/0f3c';
    const properties = { DomainName: 'edge.example.com', CertificateArn, SecurityPolicy: 'TLS_1_2' };
    const { attributes, stop } = await start(apiGatewayDomainName, properties);
    expect(attributes).toMatchObject({
      DistributionDomainName: expect.stringMatching(/^d[a-z0-9]{13}\.cloudfront\.net$/),
      DistributionHostedZoneId: 'Z2FDTNDATAQYW2',
    });
    await stop?.();
  });

  it.each<[changes: JsonObject, message: string]>([
    [{ DomainName: 'Items.example.com' }, 'property DomainName must match the pattern'],
    [{ RegionalCertificateArn: 'certificate' }, 'property RegionalCertificateArn must match the pattern'],
    [
      { RegionalCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0f3c' },
      'which is not in eu-west-1; name one of that region',
    ],
    [{ EndpointConfiguration: { Types: ['EDGE'] } }, 'property CertificateArn is missing, which an edge-optimized domain'],
    [{ EndpointConfiguration: {} }, 'property CertificateArn is missing, which an edge-optimized domain name needs'],
    [
      { EndpointConfiguration: {}, CertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/0f3c' },
      'which is not in us-east-1; name one of that region',
    ],
    [{ SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09' }, 'property EndpointAccessMode is missing, which the'],
    [{ EndpointAccessMode: 'STRICT' }, 'is not supported for this security policy (TLS_1_2)'],
    [{ MutualTlsAuthentication: {} }, 'property MutualTlsAuthentication is not supported by the local twin'],
  ])('is rejected: %#', async (changes, message) => {
    await expect(domain(changes)).rejects.toThrow(message);
  });
});

describe('a base path mapping', () => {
  it('leads from a domain name of the template to a stage that exists', async () => {
    await domain();
    let RestApiId = '';
    await serve({}, async (id) => {
      RestApiId = id;
    });
    const map = (changes: JsonObject = {}) =>
      start(apiGatewayBasePathMapping, { DomainName: 'items.example.com', RestApiId, Stage: 'v1', ...changes });
    await expect(map()).resolves.toMatchObject({ ref: 'items.example.com|(none)' });
    await expect(map({ BasePath: 'items' })).resolves.toMatchObject({ ref: 'items.example.com|items' });
    await expect(map({ Stage: 'v2' })).rejects.toThrow('property Stage is v2. Invalid stage identifier specified');
    await expect(map({ DomainName: 'other.example.com' })).rejects.toThrow('which this template does not declare');
    await expect(map({ RestApiId: 'other' })).rejects.toThrow('RestApiId other is not a REST API of this stack');
  });
});

describe('a record', () => {
  const alias = { DNSName: 'd-0.execute-api.eu-west-1.amazonaws.com', HostedZoneId: 'Z0' };
  const record = { Name: 'items.example.com', Type: 'A', HostedZoneId: 'Z0123456789ABC', AliasTarget: alias };

  it.each<[changes: JsonObject, message: string]>([
    [{ Type: 'TXT' }, 'property Type is "TXT", which the local twin does not support; it supports A, AAAA'],
    [{ TTL: '60' }, 'property TTL is not supported by the local twin'],
    [{ HostedZoneName: 'example.com.' }, 'must have only one of HostedZoneId and HostedZoneName'],
    [{ AliasTarget: { DNSName: 'x' } }, 'property AliasTarget.HostedZoneId is missing; add it'],
  ])('is rejected: %#', async (changes, message) => {
    await expect(start(route53RecordSet, { ...record, ...changes })).rejects.toThrow(message);
  });
});
