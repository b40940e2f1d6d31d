import { type Entity, entities } from '../contract/entities.ts';
import { operations } from '../contract/operations.ts';
import { entityAlarms } from './alarms.ts';
import type { Template } from './cloudformation.ts';
import { SynthError } from './code/synth-error.ts';
import { functionId, logGroupId, methodId, modelId, permissionId, roleId } from './operation.ts';
import { apiPaths, resourceId } from './paths.ts';
import { preflightId } from './preflight.ts';
import { tableId } from './table.ts';

/** Number of entities that fit into a template, and the reason for the limit. */
export interface Capacity {
  readonly entities: number;
  readonly reason: string;
}

/** CloudFormation's limit of resources in a template. */
const resourceLimit = 500;

/** Limit of log groups in a query of CloudWatch Logs Insights (StartQuery, logGroupNames). */
const logGroupLimit = 50;

/**
 * Returns the number of entities that fit, assuming that further ones are like the last. Throws a SynthError if there are already
 * more.
 */
export const capacityOf = ({ Resources }: Pick<Template, 'Resources'>): Capacity => {
  const last = entities.at(-1) as Entity;
  const resources = resourcesOf(last).filter((id) => id in Resources).length;
  const functions = operations.filter(({ entity }) => entity === last).length;
  const more = (limit: number, used: number, each: number): number => entities.length + Math.floor((limit - used) / each);
  const byResources = {
    entities: more(resourceLimit, Object.keys(Resources).length, resources),
    reason: `CloudFormation takes ${resourceLimit} resources in a template, and an entity has ${resources}`,
  };
  const byLogGroups = {
    entities: more(logGroupLimit, operations.length, functions),
    reason: `a query of the logs reads ${logGroupLimit} log groups, and an entity has ${functions}`,
  };
  const capacity = byLogGroups.entities < byResources.entities ? byLogGroups : byResources;
  if (capacity.entities < entities.length) {
    throw new SynthError(
      `src/contract/entities.ts: ${entities.length} entities are too many: ${capacity.reason}, so ${capacity.entities} fit. Move some to an API of their own`,
    );
  }
  return capacity;
};

/** Logical ids of the resources of an entity. */
const resourcesOf = (entity: Entity): string[] => [
  tableId(entity),
  modelId(entity),
  ...Object.keys(entityAlarms(entity)),
  ...apiPaths()
    .filter(({ operations: own }) => own.some((operation) => operation.entity === entity))
    .flatMap(({ path, name }) => [resourceId(path), preflightId(name)]),
  ...operations
    .filter((operation) => operation.entity === entity)
    .flatMap((operation) => [functionId, roleId, logGroupId, permissionId, methodId].map((idOf) => idOf(operation))),
];
