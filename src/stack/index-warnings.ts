import { entities, indexName } from '../contract/entities.ts';
import type { Template } from './cloudformation.ts';
import { tableId } from './table.ts';

/**
 * Returns warnings about indexes that a template adds to tables, or removes, compared with the text that it replaces. DynamoDB
 * changes one index in an update (UpdateTable, GlobalSecondaryIndexUpdates). An index has only items that have its key; older
 * items lack it.
 */
export const indexWarnings = (before: string | undefined, { Resources }: Pick<Template, 'Resources'>): string[] =>
  entities.flatMap((entity) => {
    const id = tableId(entity);
    const old = before === undefined ? undefined : indexesIn(before, id);
    if (old === undefined || Resources[id] === undefined) return [];
    const own = (entity.indexes ?? []).map(indexName);
    const added = own.filter((name) => !old.includes(name));
    const removed = old.filter((name) => !own.includes(name));
    const changes = [...added, ...removed];
    return [
      ...(changes.length > 1
        ? [`DynamoDB changes one index an update, and ${id} changes ${changes.join(', ')}: deploy them one by one`]
        : []),
      ...(added.length > 0
        ? [`${added.join(', ')} of ${id} will find only items that are written after the deployment: PUT older ones again`]
        : []),
    ];
  });

/** Returns the indexes of a table in the text of a template; undefined if it has no such table. */
const indexesIn = (text: string, id: string): string[] | undefined => {
  const [, rest] = text.split(`\n  ${id}:\n`);
  const resource = rest?.split(/\n {2}\S/, 1)[0];
  return resource === undefined
    ? undefined
    : [...resource.matchAll(/IndexName: (\S+?),?$/gm)].flatMap(([, name]) => name ?? []);
};
