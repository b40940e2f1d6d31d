import { operations } from '../contract/operations.ts';
import { alarms } from './alarms.ts';
import { api } from './api.ts';
import { apiKey } from './api-key.ts';
import type { Resources, Template } from './cloudformation.ts';
import type { Edition } from './code/edition.ts';
import { codeMapping } from './code/zip-file.ts';
import { conditions } from './conditions.ts';
import { dashboard } from './dashboard.ts';
import { deployments, snapshotHash } from './deployments.ts';
import { domain } from './domain.ts';
import { egress } from './egress.ts';
import { flowLogs } from './flow-logs.ts';
import { functions } from './functions.ts';
import { gatewayResponses } from './gateway-responses.ts';
import { mergeGroups } from './group.ts';
import { network } from './network.ts';
import { operationGroup } from './operation.ts';
import { outputs } from './outputs.ts';
import { parameterGroups, parameters } from './parameters.ts';
import { queries } from './queries.ts';
import { rules } from './rules.ts';
import type { Source } from './source.ts';
import { stage } from './stage.ts';
import { tables } from './table.ts';
import { webAcl } from './web-acl.ts';

/** Returns the template of an edition. Pure: the same edition and source return the same template, in the same order. */
export const buildTemplate = (edition: Edition, source: Source): Template => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'Items API: a REST API for data entities on API Gateway, Lambda and DynamoDB, in a VPC of its own',
  Metadata: {
    ItemsApi: { Source: source.name, Version: source.version, SourceHash: source.hash },
    'AWS::CloudFormation::Interface': parameterGroups(),
  },
  Parameters: parameters(),
  Rules: rules(),
  Conditions: conditions(),
  Resources: resources(edition),
  Outputs: outputs(),
  Mappings: codeMapping(edition),
});

const resources = (edition: Edition): Resources => {
  const before = [network(), tables(), egress(), flowLogs()];
  const captured = [
    api(),
    functions(),
    ...operations.map((operation) => operationGroup(operation, edition)),
    gatewayResponses(),
  ];
  const hash = snapshotHash(mergeGroups(captured));
  const after = [stage(hash), apiKey(), domain(), webAcl(), alarms(), dashboard(), queries()];
  return mergeGroups([...before, ...captured, deployments(hash), ...after]);
};
