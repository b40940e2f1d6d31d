import { LocalError } from '../../cloudformation/errors.ts';
import { isObject } from '../../cloudformation/json.ts';

/**
 * Parses the schema of a model, given as a map or as JSON text. Throws a LocalError that names the model for what CreateModel
 * rejects: text that is not a JSON object, another draft than 4, and keywords that draft 4 does not define.
 */
export const parseModelSchema = (name: string, schema: unknown): object =>
  rejectingInvalid(name, () => {
    const parsed: unknown = typeof schema === 'string' ? JSON.parse(schema) : schema;
    if (!isObject(parsed)) throw new Error('it is not a JSON object');
    const dialect = parsed.$schema;
    if (typeof dialect === 'string' && !dialect.startsWith('http://json-schema.org/draft-04/schema')) {
      throw new Error(`$schema is ${dialect}, but API Gateway models are http://json-schema.org/draft-04/schema#`);
    }
    const places = unsupportedKeywords(parsed);
    if (places.length > 0) {
      const unsupported = JSON.stringify([...new Set(places.flatMap((place) => place.slice(-1)))]);
      const found = `found at ${places.map((place) => place.join('.')).join(', ')}`;
      throw new Error(
        `Invalid model schema specified. Unsupported keyword(s): ${unsupported}, ${found}; JSON Schema draft 4 has no such keywords: correct or remove them`,
      );
    }
    return parsed;
  });

/** Returns the regular expressions of a schema. The result can include values of properties with such names. */
export const patternsOf = (schema: unknown): string[] => {
  if (Array.isArray(schema)) return schema.flatMap(patternsOf);
  if (!isObject(schema)) return [];
  const own = typeof schema.pattern === 'string' ? [schema.pattern] : [];
  const names = isObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : [];
  return [...own, ...names, ...Object.values(schema).flatMap(patternsOf)];
};

/** Throws a LocalError that names the model and the reason if `compile` throws. */
export const rejectingInvalid = <T>(name: string, compile: () => T): T => {
  try {
    return compile();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new LocalError('INVALID_PROPERTY', `Invalid model specified: the schema of ${name} cannot be used: ${cause}`, {
      cause: error,
    });
  }
};

/**
 * Returns the places of keywords that draft 4 does not define. Names under `properties` and values of `enum` and `default` are
 * skipped.
 */
const unsupportedKeywords = (schema: unknown, path: readonly string[] = []): string[][] =>
  isObject(schema)
    ? Object.entries(schema).flatMap(([keyword, value]) => {
        const at = [...path, keyword];
        if (withSchemas.has(keyword)) return inEach(value, at);
        // `items` is a schema or a list of schemas.
        if (withSchema.has(keyword)) return Array.isArray(value) ? inEach(value, at) : unsupportedKeywords(value, at);
        return withValue.has(keyword) ? [] : [at];
      })
    : [];

/** Searches a map or a list of schemas. `dependencies` can also contain lists of names, which have no keywords. */
const inEach = (schemas: unknown, path: readonly string[]): string[][] =>
  typeof schemas === 'object' && schemas !== null
    ? Object.entries(schemas).flatMap(([name, schema]) => unsupportedKeywords(schema, [...path, name]))
    : [];

/*
 * The keywords of draft 4, by the kind of their value. API Gateway reports all others as unsupported: those of other drafts
 * (`$id`, `dependentRequired`), those of OpenAPI (`example`, `discriminator`), and misspelt ones.
 */
const withSchema = new Set(['additionalItems', 'additionalProperties', 'items', 'not']);
const withSchemas = new Set([
  ...['allOf', 'anyOf', 'oneOf'],
  ...['definitions', 'dependencies', 'patternProperties', 'properties'],
]);
const withValue = new Set([
  ...['$ref', '$schema', 'default', 'description', 'enum', 'format', 'id', 'required', 'title', 'type'],
  ...['exclusiveMaximum', 'exclusiveMinimum', 'maximum', 'minimum', 'multipleOf'],
  ...['maxLength', 'minLength', 'pattern', 'maxItems', 'minItems', 'uniqueItems', 'maxProperties', 'minProperties'],
]);
