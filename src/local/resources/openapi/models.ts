import { isObject, type Json, type JsonObject } from '../../../cloudformation/json.ts';

/** The name of the model that API Gateway makes of a schema: it has letters and digits only. */
export const modelName = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '');

/** A schema of OpenAPI as a model: references lead to models of the API, and what JSON Schema draft 4 does not have is left out. */
export const modelSchema = (schema: Json, apiId: string): JsonObject => {
  const converted = convert(schema, apiId);
  return isObject(converted) ? converted : {};
};

/** The schema that a reference leads to: `#/definitions/Pet` or `#/components/schemas/Pet`. */
export const referredSchema = (schema: Json | undefined): string | undefined =>
  isObject(schema) && typeof schema.$ref === 'string'
    ? /^#\/(?:definitions|components\/schemas)\/([^/]+)$/.exec(schema.$ref)?.[1]
    : undefined;

const convert = (value: Json, apiId: string): Json => {
  if (Array.isArray(value)) return value.map((item) => convert(item, apiId));
  if (!isObject(value)) return value;
  const referred = referredSchema(value);
  if (referred !== undefined)
    return { $ref: `https://apigateway.amazonaws.com/restapis/${apiId}/models/${modelName(referred)}` };
  return Object.fromEntries(
    Object.entries(value).flatMap(([keyword, inner]): [string, Json][] => {
      if (ofOpenApiOnly.has(keyword) || keyword.startsWith('x-')) return [];
      if (!withNames.has(keyword) || !isObject(inner)) return [[keyword, convert(inner, apiId)]];
      // The names in these maps are no keywords.
      return [[keyword, Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, convert(one, apiId)]))]];
    }),
  );
};

const withNames = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);
const ofOpenApiOnly = new Set([
  ...['deprecated', 'discriminator', 'example', 'examples', 'externalDocs', 'nullable', 'readOnly', 'writeOnly', 'xml'],
]);
