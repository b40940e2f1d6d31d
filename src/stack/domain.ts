import { securityPolicy } from './api.ts';
import { conditional, getAtt, ref } from './cloudformation.ts';
import type { Group } from './group.ts';
import { tags } from './tags.ts';

/** Returns a regional custom domain name for the stage, and its alias record in a Route 53 hosted zone. */
export const domain = (): Group => ({
  heading: 'Custom domain, if DomainName is set; its DNS record, if HostedZoneId is set',
  resources: {
    ...conditional('HasDomain', {
      Domain: {
        Type: 'AWS::ApiGateway::DomainName',
        Properties: {
          DomainName: ref('DomainName'),
          RegionalCertificateArn: ref('CertificateArn'),
          EndpointConfiguration: { Types: ['REGIONAL'] },
          SecurityPolicy: securityPolicy,
          EndpointAccessMode: 'STRICT',
          Tags: tags,
        },
      },
      DomainMapping: {
        Type: 'AWS::ApiGateway::BasePathMapping',
        Properties: { DomainName: ref('Domain'), RestApiId: ref('RestApi'), Stage: ref('Stage') },
      },
    }),
    ...conditional('HasHostedZone', {
      DomainRecord: {
        Type: 'AWS::Route53::RecordSet',
        Properties: {
          HostedZoneId: ref('HostedZoneId'),
          Name: ref('DomainName'),
          Type: 'A',
          AliasTarget: {
            DNSName: getAtt('Domain', 'RegionalDomainName'),
            HostedZoneId: getAtt('Domain', 'RegionalHostedZoneId'),
            EvaluateTargetHealth: false,
          },
        },
      },
    }),
  },
});
