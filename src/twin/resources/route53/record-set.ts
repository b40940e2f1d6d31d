import { boolean, object, words } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = { readonly Name: string };

/** An alias record. The twin resolves no names, and does not verify that the hosted zone exists. */
export const route53RecordSet: ResourceType<Properties> = {
  type: 'AWS::Route53::RecordSet',
  schema: {
    ...object(
      {
        AliasTarget: object(
          {
            DNSName: { type: 'string', minLength: 1, maxLength: 1024 },
            EvaluateTargetHealth: boolean,
            HostedZoneId: { type: 'string', pattern: '^[A-Z0-9]{1,32}$' },
          },
          ['DNSName', 'HostedZoneId'],
        ),
        Comment: { type: 'string', maxLength: 256 },
        HostedZoneId: { type: 'string', pattern: '^[A-Z0-9]{1,32}$' },
        HostedZoneName: { type: 'string', pattern: '\\.$', maxLength: 256 },
        Name: { type: 'string', minLength: 1, maxLength: 1024 },
        Type: words(
          ['A', 'AAAA'],
          ['CAA', 'CNAME', 'DS', 'HTTPS', 'MX', 'NAPTR', 'NS', 'PTR', 'SOA', 'SPF', 'SRV', 'SSHFP', 'SVCB', 'TLSA', 'TXT'],
        ),
      },
      ['AliasTarget', 'Name', 'Type'],
    ),
    oneOf: [{ required: ['HostedZoneId'] }, { required: ['HostedZoneName'] }],
  },
  start: ({ Name: name }) => ({ ref: name }),
};
