import { Problems } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { ResourceType } from './resource.ts';
import { checkSchema } from './schema.ts';

/**
 * Holds evaluated properties against the schema of their type and returns them with scalars coerced. Values that only
 * started resources can tell are let through; they are checked when the resource itself starts.
 */
export const checkProperties = (owner: string, type: ResourceType, properties: JsonObject): JsonObject => {
  const { value, faults } = checkSchema(properties, type.schema);
  const problems = new Problems();
  for (const { path, kind, message } of faults) {
    const place = path.length > 0 ? `property ${path.join('.')} ` : '';
    problems.add(kind === 'unsupported' ? 'UNSUPPORTED_PROPERTY' : 'INVALID_PROPERTY', `${owner}: ${place}${message}`);
  }
  problems.throwIfAny();
  return value as JsonObject;
};
