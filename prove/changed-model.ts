import { createHash } from 'node:crypto';

/**
 * Returns the template with a model Item that requires a number as price. Its deployments get new logical ids, as the comment
 * above them requires: an existing deployment keeps its snapshot.
 */
export const changedModel = (template: string): string => {
  const hash = /^ {2}Deployment[A-Z]\w*?([0-9a-f]{10}):$/m.exec(template)?.[1];
  if (hash === undefined) throw new Error('the template has no deployment whose logical id ends in a hash');
  if (template.match(schema)?.length !== 1) throw new Error('the template has no model Item, or more than one, to change');
  const changed = template.replace(schema, '$&\n$1properties: { price: { type: number } }');
  return changed.replaceAll(hash, createHash('sha256').update(changed).digest('hex').slice(0, 10));
};

const schema = /^( +)title: An item\n\1type: object$/gm;
