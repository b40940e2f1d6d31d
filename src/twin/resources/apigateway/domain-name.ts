import { invalidProperty, type LocalError } from '../../../cloudformation/errors.ts';
import { upperAlphanumeric } from '../../../cloudformation/names.ts';
import { list, object, words } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceContext, ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';
import { type TlsSettings, tlsFaults, tlsProperties } from './parts/security-policy.ts';

type Properties = TlsSettings & {
  readonly DomainName: string;
  readonly CertificateArn?: string;
  readonly RegionalCertificateArn?: string;
};

const certificateArn = { type: 'string', pattern: '^arn:[\\w-]+:acm:[a-z0-9-]+:\\d{12}:certificate/[\\w-]+$' } as const;

/** A custom domain name, edge-optimized by default. The twin does not resolve it: clients use the local URL of the API. */
export const apiGatewayDomainName: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::DomainName',
  schema: object(
    {
      CertificateArn: certificateArn,
      // "Uppercase letters are not supported."
      DomainName: { type: 'string', pattern: '^(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}$' },
      EndpointConfiguration: object({
        Types: list(words(['REGIONAL', 'EDGE'], ['PRIVATE']), { maxItems: 1 }),
        IpAddressType: { enum: ['ipv4', 'dualstack'] },
      }),
      RegionalCertificateArn: certificateArn,
      Tags: tagsSchema,
      ...tlsProperties,
    },
    ['DomainName'],
  ),
  check: (properties) => [
    ...tlsFaults(properties, { policy: 'TLS_1_2', endpointType: 'EDGE', edgeHasTls12: true }),
    ...certificateFaults(properties),
  ],
  start: (properties, context) => {
    const { DomainName: name } = properties;
    const { domainNames } = context.services.gateway;
    const { partition, region } = context.stack;
    checkRegion(properties, context);
    if (domainNames.has(name))
      throw invalidProperty('DomainName', `is ${name}, which is declared twice in this template; remove one`);
    domainNames.add(name);
    return {
      ref: name,
      attributes: {
        DomainNameArn: `arn:${partition}:apigateway:${region}::/domainnames/${name}`,
        ...(isEdge(properties) ? distributionOf(context) : endpointOf(context)),
      },
      stop: () => void domainNames.delete(name),
    };
  },
};

const isEdge = ({ EndpointConfiguration: endpoint }: Properties): boolean => endpoint?.Types?.[0] !== 'REGIONAL';

/** Returns the fault of a missing certificate. Each endpoint type has its own property. */
const certificateFaults = (properties: Properties): LocalError[] => {
  const { CertificateArn: forEdge, RegionalCertificateArn: forRegion } = properties;
  if (isEdge(properties)) {
    if (forEdge !== undefined) return [];
    const remedy = 'add it, or set EndpointConfiguration.Types to REGIONAL and give a RegionalCertificateArn';
    return [invalidProperty('CertificateArn', `is missing, which an edge-optimized domain name needs; ${remedy}`)];
  }
  return forRegion === undefined
    ? [invalidProperty('RegionalCertificateArn', 'is missing, which a regional domain name needs; add it')]
    : [];
};

/** Verifies the region of the certificate: the region of a regional endpoint, us-east-1 for a distribution of CloudFront. */
const checkRegion = (properties: Properties, { stack }: ResourceContext): void => {
  const edge = isEdge(properties);
  const [property, region] = edge ? ['CertificateArn', 'us-east-1'] : ['RegionalCertificateArn', stack.region];
  const certificate = (edge ? properties.CertificateArn : properties.RegionalCertificateArn) ?? '';
  if (certificate.split(':')[3] === region) return;
  throw invalidProperty(property, `is ${certificate}, which is not in ${region}; name one of that region`);
};

const endpointOf = (context: ResourceContext): Record<string, string> => {
  const { region, urlSuffix } = context.stack;
  return {
    RegionalDomainName: `d-${apiGatewayId(context, 10)}.execute-api.${region}.${urlSuffix}`,
    RegionalHostedZoneId: `Z${upperAlphanumeric(context, 12)}`,
  };
};

/** All distributions of CloudFront are in the same hosted zone. */
const distributionOf = (context: ResourceContext): Record<string, string> => ({
  DistributionDomainName: `d${apiGatewayId(context, 13)}.cloudfront.net`,
  DistributionHostedZoneId: 'Z2FDTNDATAQYW2',
});
