import { isIPv6 } from 'node:net';
import { invalidProperty } from '../../../cloudformation/errors.ts';
import { generatedName, resourceId } from '../../../cloudformation/names.ts';
import type { Schema } from '../../../cloudformation/schema.ts';
import { list, object, string } from '../../../cloudformation/shapes.ts';
import type { SecurityGroupRule } from '../../network/index.ts';
import { cidrOf, lookUp } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly GroupDescription: string;
  readonly VpcId: string;
  readonly GroupName?: string;
  readonly SecurityGroupIngress?: readonly Rule[];
  readonly SecurityGroupEgress?: readonly Rule[];
};

type Rule = {
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIp?: string;
  readonly CidrIpv6?: string;
  readonly SourcePrefixListId?: string;
  readonly DestinationPrefixListId?: string;
  readonly SourceSecurityGroupId?: string;
  readonly DestinationSecurityGroupId?: string;
};

/** EC2's character set for descriptions. */
const description: Schema = { type: 'string', maxLength: 255, pattern: '^[A-Za-z0-9 ._\\-:/()#,@[\\]+=&;{}!$*]*$' };

const rules = (side: 'Source' | 'Destination'): Schema =>
  list({
    ...object(
      {
        IpProtocol: string,
        FromPort: { type: 'integer', minimum: -1, maximum: 65535 },
        ToPort: { type: 'integer', minimum: -1, maximum: 65535 },
        CidrIp: string,
        CidrIpv6: string,
        [`${side}PrefixListId`]: { type: 'string', pattern: '^pl-[0-9a-f]{8,17}$' },
        [`${side}SecurityGroupId`]: string,
        Description: description,
      },
      ['IpProtocol'],
    ),
    oneOf: ['CidrIp', 'CidrIpv6', `${side}PrefixListId`, `${side}SecurityGroupId`].map((name) => ({ required: [name] })),
  });

export const ec2SecurityGroup: ResourceType<Properties> = {
  type: 'AWS::EC2::SecurityGroup',
  schema: object(
    {
      GroupDescription: description,
      VpcId: string,
      GroupName: { type: 'string', pattern: '^(?!sg-).{1,255}$' },
      SecurityGroupIngress: rules('Source'),
      SecurityGroupEgress: rules('Destination'),
      Tags: tagsSchema,
    },
    ['GroupDescription', 'VpcId'],
  ),
  start: (properties, context) => {
    const { vpcs, securityGroups } = context.services.network;
    const vpc = lookUp(vpcs, properties.VpcId, 'VpcId', 'VPC');
    const groupName = properties.GroupName ?? generatedName(context, 255);
    const namesake = [...securityGroups.values()].find((group) => group.vpcId === vpc.id && group.groupName === groupName);
    if (namesake)
      throw invalidProperty('GroupName', `${groupName} is the name of ${namesake.id} in ${vpc.id} already; choose another`);
    const read = (list: readonly Rule[], property: string): SecurityGroupRule[] =>
      list.map((rule, index) =>
        toRule(rule, `${property}.${index}`, (id, path) => lookUp(securityGroups, id, path, 'security group').id),
      );
    const id = resourceId('sg', context);
    securityGroups.set(id, {
      id,
      vpcId: vpc.id,
      groupName,
      ingress: read(properties.SecurityGroupIngress ?? [], 'SecurityGroupIngress'),
      // "If you do not specify an egress rule, we add egress rules that allow outbound traffic on all ports to any destination."
      egress: properties.SecurityGroupEgress?.length
        ? read(properties.SecurityGroupEgress, 'SecurityGroupEgress')
        : everything,
    });
    return {
      ref: id,
      attributes: { GroupId: id, Id: id, VpcId: vpc.id },
      stop: () => {
        securityGroups.delete(id);
      },
    };
  },
};

const everything: readonly SecurityGroupRule[] = [
  { ipProtocol: '-1', peer: { kind: 'cidr-ip', cidr: { first: 0, prefixLength: 0 } } },
  { ipProtocol: '-1', peer: { kind: 'cidr-ipv6', cidrIpv6: '::/0' } },
];

const protocols: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

const toRule = (rule: Rule, path: string, groupId: (id: string, path: string) => string): SecurityGroupRule => {
  const protocol = rule.IpProtocol.toLowerCase();
  const ipProtocol = protocols[protocol] ?? protocol;
  if (!/^(-1|tcp|udp|icmp|icmpv6|\d{1,2}|1\d\d|2[0-4]\d|25[0-5])$/.test(ipProtocol)) {
    throw invalidProperty(
      `${path}.IpProtocol`,
      `must be tcp, udp, icmp, icmpv6, -1 or a protocol number, not ${rule.IpProtocol}`,
    );
  }
  if (['tcp', 'udp'].includes(ipProtocol)) checkPorts(rule, path, ipProtocol);
  return {
    ipProtocol,
    ...(rule.FromPort !== undefined && { fromPort: rule.FromPort }),
    ...(rule.ToPort !== undefined && { toPort: rule.ToPort }),
    peer: peer(rule, path, groupId),
  };
};

const checkPorts = ({ FromPort: from, ToPort: to }: Rule, path: string, ipProtocol: string): void => {
  if (from === undefined || to === undefined)
    throw invalidProperty(path, `needs FromPort and ToPort, as its protocol is ${ipProtocol}`);
  if (from < 0 || from > to) throw invalidProperty(path, `has the port range ${from}-${to}; FromPort must be 0 to ToPort`);
};

const peer = (rule: Rule, path: string, groupId: (id: string, path: string) => string): SecurityGroupRule['peer'] => {
  const prefixListId = rule.SourcePrefixListId ?? rule.DestinationPrefixListId;
  const group = rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId;
  if (prefixListId) return { kind: 'prefix-list', prefixListId };
  if (group) return { kind: 'security-group', groupId: groupId(group, `${path}.SecurityGroupId`) };
  if (rule.CidrIp !== undefined) return { kind: 'cidr-ip', cidr: cidrOf(rule.CidrIp, `${path}.CidrIp`, 0, 32) };
  const [address = '', length = ''] = rule.CidrIpv6?.split('/') ?? [];
  if (isIPv6(address) && /^\d{1,3}$/.test(length) && Number(length) <= 128)
    return { kind: 'cidr-ipv6', cidrIpv6: `${address}/${length}` };
  throw invalidProperty(`${path}.CidrIpv6`, `must be an IPv6 block, not ${rule.CidrIpv6}`);
};
