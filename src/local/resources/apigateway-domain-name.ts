import { invalidProperty } from '../../cloudformation/errors.ts';
import { upperAlphanumeric } from '../../cloudformation/names.ts';
import { list, object, words } from '../../cloudformation/shapes.ts';
import { apiGatewayId } from '../gateway/ids.ts';
import type { ResourceType } from '../resource.ts';
import { type TlsSettings, tlsFaults, tlsProperties } from './apigateway-security-policy.ts';
import { tagsSchema } from './tags.ts';

type Properties = TlsSettings & {
  readonly DomainName: string;
  readonly RegionalCertificateArn: string;
};

/** A regional custom domain name. Nothing resolves it here: requests come by the local URL of the API. */
export const apiGatewayDomainName: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::DomainName',
  schema: object(
    {
      // "Uppercase letters are not supported."
      DomainName: { type: 'string', pattern: '^(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}$' },
      EndpointConfiguration: object({
        Types: list(words(['REGIONAL'], ['EDGE', 'PRIVATE']), { maxItems: 1 }),
        IpAddressType: { enum: ['ipv4', 'dualstack'] },
      }),
      RegionalCertificateArn: { type: 'string', pattern: '^arn:[\\w-]+:acm:[a-z0-9-]+:\\d{12}:certificate/[\\w-]+$' },
      Tags: tagsSchema,
      ...tlsProperties,
    },
    ['DomainName', 'RegionalCertificateArn'],
  ),
  check: (properties) => [
    ...tlsFaults(properties, { policy: 'TLS_1_2', endpointType: 'REGIONAL' }),
    ...(properties.EndpointConfiguration?.Types?.length
      ? []
      : [
          invalidProperty(
            'EndpointConfiguration.Types',
            'is missing, and a domain name is edge-optimized then; set REGIONAL',
          ),
        ]),
  ],
  start: ({ DomainName: name, RegionalCertificateArn: certificate }, context) => {
    const { partition, region, urlSuffix } = context.stack;
    const { domainNames } = context.services.gateway;
    // A regional endpoint takes certificates of its own region only.
    if (certificate.split(':')[3] !== region)
      throw invalidProperty(
        'RegionalCertificateArn',
        `is ${certificate}, which is not in ${region}; name one of this region`,
      );
    if (domainNames.has(name))
      throw invalidProperty('DomainName', `is ${name}, which is declared twice in this template; remove one`);
    domainNames.add(name);
    return {
      ref: name,
      attributes: {
        DomainNameArn: `arn:${partition}:apigateway:${region}::/domainnames/${name}`,
        RegionalDomainName: `d-${apiGatewayId(context, 10)}.execute-api.${region}.${urlSuffix}`,
        RegionalHostedZoneId: `Z${upperAlphanumeric(context, 12)}`,
      },
      stop: () => void domainNames.delete(name),
    };
  },
};
