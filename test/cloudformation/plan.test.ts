import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultCollector } from '../../src/cloudformation/errors.ts';
import { evaluateConditions } from '../../src/cloudformation/intrinsics/conditions.ts';
import { inDependencyOrder, type Plan, planStack } from '../../src/cloudformation/plan.ts';
import { checkReferences } from '../../src/cloudformation/template/references.ts';
import { parseTemplate } from '../../src/cloudformation/template/template.ts';
import { resourceTypes } from '../../src/twin/resources/index.ts';

const stack = {
  name: 's',
  id: 's',
  region: 'us-east-1',
  accountId: '123456789012',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
};

const plan = (yaml: string): Plan => {
  const template = parseTemplate(yaml);
  const base = { stack, parameters: new Map(), mappings: template.mappings };
  const conditions = evaluateConditions(template.conditions, base);
  const faults = new FaultCollector();
  checkReferences(template, faults);
  const result = planStack(template, resourceTypes, { ...base, condition: (name) => conditions.get(name) }, faults);
  faults.throwIfAny();
  return result;
};

const order = (yaml: string): string[] => plan(yaml).resources.map(({ logicalId }) => logicalId);

describe('order', () => {
  it('follows Ref, GetAtt, Sub and DependsOn, else the template', () => {
    const ids = order(`
Resources:
  Route:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Sub '\${Gateway.InternetGatewayId}' }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !GetAtt Vpc.VpcId } }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
`);
    expect(ids).toEqual(['Vpc', 'Table', 'Gateway', 'Attachment', 'Route']);
  });

  it('leaves out what conditions leave out, and forgets a DependsOn to it', () => {
    const ids = order(`
Conditions: { Never: !Equals [a, b] }
Resources:
  Gateway: { Type: AWS::EC2::InternetGateway, Condition: Never }
  Vpc:
    Type: AWS::EC2::VPC
    DependsOn: [Gateway]
    Properties: { CidrBlock: 10.0.0.0/16, Tags: !If [Never, [{ Key: a, Value: !Ref Gateway }], !Ref AWS::NoValue] }
Outputs:
  GatewayId: { Condition: Never, Value: !Ref Gateway }
`);
    expect(ids).toEqual(['Vpc']);
  });

  it('puts every node after what it depends on, and keeps all', () => {
    const acyclic = fc.array(fc.uniqueArray(fc.nat(20), { maxLength: 4 }), { maxLength: 20 }).chain((lists) =>
      fc.shuffledSubarray(
        lists.map((list, index) => ({
          logicalId: `N${index}`,
          dependencies: new Set(list.filter((n) => n < index).map((n) => `N${n}`)),
        })),
        { minLength: lists.length },
      ),
    );
    fc.assert(
      fc.property(acyclic, (nodes) => {
        const ids = inDependencyOrder(nodes).map(({ logicalId }) => logicalId);
        expect(ids.toSorted()).toEqual(nodes.map(({ logicalId }) => logicalId).toSorted());
        for (const { logicalId, dependencies } of nodes) {
          for (const id of dependencies) expect(ids.indexOf(id)).toBeLessThan(ids.indexOf(logicalId));
        }
      }),
    );
  });

  it('shows a circle as a path', () => {
    const circle = `
Resources:
  A: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref B } }
  B: { Type: AWS::EC2::InternetGateway, DependsOn: C }
  C: { Type: AWS::EC2::InternetGateway, Properties: { Tags: [{ Key: a, Value: !Sub '\${A}' }] } }
`;
    expect(() => plan(circle)).toThrow(
      expect.objectContaining({
        code: 'CYCLIC_DEPENDENCY',
        message: expect.stringMatching(/^cyclic dependency detected: A -> B -> C -> A;/),
      }),
    );
  });
});

describe('rejections name the resource', () => {
  const vpc = (properties: string, more = ''): string =>
    `Conditions: { Never: !Equals [a, b] }\nResources:\n  Vpc: { Type: AWS::EC2::VPC, Properties: ${properties} }\n${more}`;

  it.each([
    [
      vpc('{ CidrBlock: 10.0.0.0/16, Ipv4IpamPoolId: x }'),
      'UNSUPPORTED_PROPERTY',
      /^Vpc \(AWS::EC2::VPC\): property Ipv4IpamPoolId is not supported by the local twin; supported are CidrBlock, .*; remove it \(see "Known differences" in docs\/twin\.md\)$/,
    ],
    [
      vpc('{ CidrBlock: 10.0.0.0/16, Tags: [{ Key: a, Value: b, C: d }] }'),
      'UNSUPPORTED_PROPERTY',
      /^Vpc \(AWS::EC2::VPC\): property Tags.0.C is not supported/,
    ],
    [
      vpc('{ CidrBlock: 10.0.0.0/16 }', '  Queue: { Type: AWS::SQS::Queue }\n  Acl: { Type: AWS::EC2::NetworkAcl }\n'),
      'UNSUPPORTED_RESOURCE',
      /^Queue \(AWS::SQS::Queue\): the type is not .*supports no type of AWS::SQS; .*see "Known.*\nAcl .* supports EIP, .* of AWS::EC2; /,
    ],
    [
      vpc('{ CidrBlock: "{{resolve:ssm:block}}", Tags: [{ Key: a, Value: "{{resolve:ssm:b}}" }] }'),
      'UNSUPPORTED_INTRINSIC',
      /^Vpc \(AWS::EC2::VPC\): property CidrBlock has a dynamic reference, .*\n.*: property Tags.0.Value has a dynamic reference/,
    ],
    [vpc('{}'), 'INVALID_PROPERTY', 'Vpc (AWS::EC2::VPC): property CidrBlock is missing; add it'],
    [
      vpc('{ CidrBlock: 10.0.0.0/16, EnableDnsSupport: maybe }'),
      'INVALID_PROPERTY',
      'Vpc (AWS::EC2::VPC): property EnableDnsSupport must be true or false, not "maybe"',
    ],
    [
      vpc('{ CidrBlock: 10.0.0.0/16, InstanceTenancy: host }'),
      'INVALID_PROPERTY',
      'Vpc (AWS::EC2::VPC): property InstanceTenancy must be one of default, dedicated, not "host"',
    ],
    [
      vpc('{ CidrBlock: 10.0.0.0/16, InstanceTenancy: dedicated }'),
      'UNSUPPORTED_PROPERTY',
      'Vpc (AWS::EC2::VPC): property InstanceTenancy is "dedicated", which the local twin does not support; it supports default (see "Known differences" in docs/twin.md)',
    ],
    [
      vpc('{ CidrBlock: !Ref Nobody }'),
      'UNRESOLVED_REFERENCE',
      /^Vpc \(AWS::EC2::VPC\): CidrBlock: refers to Nobody, but the template has no/,
    ],
    [vpc('{ CidrBlock: !If [Never, !GetAtt Nobody.Arn, 10.0.0.0/16] }'), 'UNRESOLVED_REFERENCE', /refers to Nobody/],
    [
      vpc('{ CidrBlock: !ImportValue x }'),
      'UNSUPPORTED_INTRINSIC',
      /^Vpc \(AWS::EC2::VPC\): CidrBlock: Fn::ImportValue is not supported/,
    ],
    [vpc('{ CidrBlock: { Ref: Vpc, B: 1 } }'), 'INVALID_TEMPLATE', /Ref must stand alone in its map/],
    [
      vpc('{ CidrBlock: 10.0.0.0/16 }', '  Bucket: { Type: AWS::S3::Bucket }'),
      'UNSUPPORTED_RESOURCE',
      /^Bucket \(AWS::S3::Bucket\): the type is not supported/,
    ],
    [
      vpc('{ CidrBlock: 10.0.0.0/16 }', '  G: { Type: AWS::EC2::InternetGateway, DependsOn: H }'),
      'UNRESOLVED_REFERENCE',
      /^G \(AWS::EC2::InternetGateway\): DependsOn names H/,
    ],
    [
      vpc('{ CidrBlock: 10.0.0.0/16 }', '  G: { Type: AWS::EC2::InternetGateway, Condition: Maybe }'),
      'UNRESOLVED_REFERENCE',
      /there is no condition Maybe/,
    ],
    [
      vpc(
        '{ CidrBlock: 10.0.0.0/16, Tags: [{ Key: a, Value: !Ref G }] }',
        '  G: { Type: AWS::EC2::InternetGateway, Condition: Never }',
      ),
      'UNRESOLVED_REFERENCE',
      /refers to G, which its condition Never leaves out: use Fn::If here with that condition/,
    ],
    [
      vpc('{ CidrBlock: 10.0.0.0/16 }', 'Outputs: { O: { Value: !GetAtt Nobody.Arn } }'),
      'UNRESOLVED_REFERENCE',
      /^Outputs.O: refers to Nobody/,
    ],
    [
      vpc('{ CidrBlock: 10.0.0.0/16 }', 'Outputs: { O: { Value: [a] } }'),
      'INVALID_TEMPLATE',
      /^Outputs.O: the value of an output must be a string/,
    ],
  ])('%s', (yaml, code, message) => {
    expect(() => plan(yaml)).toThrow(
      expect.objectContaining({ code, message: typeof message === 'string' ? message : expect.stringMatching(message) }),
    );
  });

  it('reports all faults of all resources together', () => {
    const yaml = `
Resources:
  A: { Type: AWS::EC2::VPC, Properties: { Foo: 1, Bar: 2 } }
  B: { Type: AWS::SQS::Queue }
  C: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Nobody } }
`;
    const lines = ['C .*Nobody', 'A .*Foo', 'A .*Bar', 'A .*CidrBlock is missing', 'B .*'];
    expect(() => plan(yaml)).toThrow(new RegExp(`^${lines.join('.*\n')}.*$`));
  });

  it('says nothing about values that only started resources know', () => {
    const yaml = `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: x } }] } }
  Log:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: !Ref Vpc
      TrafficType: ALL
      LogGroupName: x
      MaxAggregationInterval: !GetAtt Vpc.VpcId
      DeliverLogsPermissionArn: !GetAtt Role.Arn
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
`;
    expect(order(yaml)).toEqual(['Role', 'Vpc', 'Log']);
  });
});
