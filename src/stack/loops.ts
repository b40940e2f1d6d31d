import { operations } from '../contract/operations.ts';
import { type Problem, problems } from '../contract/problems.ts';
import { functionMetrics, tableMetrics } from './alarms.ts';
import { deploymentWays } from './deployment.ts';
import type { Loop } from './fold.ts';
import { gatewayResponseName } from './gateway-responses.ts';

const eachOperation = { identifier: 'Operation', mapping: 'Operations' } as const;
const names = operations.map(({ name }) => name);

/**
 * The families of the template: zones, an operation's function and what belongs to it, the gateway's own answers, and the
 * deployments, whose logical ids end in this hash.
 */
export const loops = (hash: string): readonly Loop[] => [
  {
    section: 'Resources',
    name: 'Zones',
    identifier: 'Zone',
    values: ['1', '2'],
    ids: [
      'PrivateRouteTable*',
      'PublicSubnet*',
      'PublicSubnet*RouteTableAssociation',
      'PrivateSubnet*',
      'PrivateSubnet*RouteTableAssociation',
      'NatAddress*',
      'NatGateway*',
    ],
    mapping: 'Zones',
  },
  {
    ...eachOperation,
    section: 'Resources',
    name: 'Operations',
    values: names,
    ids: [
      '*LogGroup',
      '*Role',
      '*Function',
      '*Permission',
      '*Method',
      ...[...functionMetrics, ...tableMetrics].map((metric) => `*${metric}Alarm`),
    ],
    inner: [
      { name: 'FunctionAlarms', identifier: 'Metric', values: functionMetrics },
      { name: 'TableAlarms', identifier: 'Metric', values: tableMetrics },
    ].map((loop) => ({ ...loop, ids: ['${Operation}*Alarm'] })),
  },
  {
    section: 'Resources',
    name: 'LogGroups',
    identifier: 'Log',
    values: ['Access', 'Flow'],
    ids: ['*LogGroup'],
    mapping: 'Logs',
  },
  {
    section: 'Resources',
    name: 'Preflights',
    identifier: 'Path',
    values: ['Items', 'Item'],
    ids: ['*OptionsMethod'],
    mapping: 'Paths',
  },
  {
    section: 'Resources',
    name: 'GatewayResponses',
    identifier: 'Answer',
    values: Object.values<Problem>(problems).flatMap(({ gatewayResponses = [] }) =>
      gatewayResponses.map(gatewayResponseName),
    ),
    ids: ['*Response'],
    mapping: 'Answers',
  },
  {
    section: 'Resources',
    name: 'Deployments',
    identifier: 'Way',
    values: deploymentWays,
    ids: [`Deployment*${hash}`],
    mapping: 'Ways',
  },
  { ...eachOperation, section: 'Outputs', name: 'FunctionArns', values: names, ids: ['*FunctionArn'] },
];
