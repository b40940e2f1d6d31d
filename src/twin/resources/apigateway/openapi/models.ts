import { isObject, type Json, type JsonObject } from '../../../../cloudformation/json.ts';
import { parseModelSchema } from '../../../gateway/model-schema.ts';
import type { RestApi } from '../../../gateway/rest-api.ts';
import { bodyFault, type Document } from './document.ts';

/** Creates a model for each schema of the document. API Gateway allows only letters and digits in their names. */
export const importModels = (document: Document, restApi: RestApi, apiId: string): void => {
  for (const [name, schema] of Object.entries(document.schemas)) {
    const place = `${document.isVersion2 ? 'definitions' : 'components.schemas'}.${name}`;
    if (!/^[A-Za-z0-9]+$/.test(name)) throw bodyFault(place, 'is a model, whose name must be alphanumeric; rename it');
    // An import may replace the two models that every API has.
    restApi.remove('models', name);
    const converted = modelSchema(schema, document, apiId);
    parseModelSchema(name, converted);
    restApi.createModel({ name, schema: converted });
  }
};

/**
 * Converts a schema of OpenAPI to a model. References lead to models of the API; keywords that JSON Schema draft 4 lacks are
 * omitted.
 */
export const modelSchema = (schema: Json, document: Document, apiId: string): JsonObject => {
  const converted = convert(schema, document, apiId);
  return isObject(converted) ? converted : {};
};

/** Returns the name of the schema in a reference: `#/definitions/Pet` or `#/components/schemas/Pet`. */
export const referredSchema = (schema: Json | undefined): string | undefined =>
  isObject(schema) && typeof schema.$ref === 'string'
    ? /^#\/(?:definitions|components\/schemas)\/([^/]+)$/.exec(schema.$ref)?.[1]
    : undefined;

const convert = (value: Json, document: Document, apiId: string): Json => {
  if (Array.isArray(value)) return value.map((item) => convert(item, document, apiId));
  if (!isObject(value)) return value;
  if (typeof value.$ref === 'string') {
    const referred = referredSchema(value);
    if (referred === undefined || !Object.hasOwn(document.schemas, referred))
      throw bodyFault('', `refers to ${value.$ref}, which is no schema of the document; correct it`);
    return { $ref: `https://apigateway.amazonaws.com/restapis/${apiId}/models/${referred}` };
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([keyword, inner]): [string, Json][] => {
      if (ofOpenApiOnly.has(keyword) || keyword.startsWith('x-')) return [];
      if (!withNames.has(keyword) || !isObject(inner)) return [[keyword, convert(inner, document, apiId)]];
      // The keys of these maps are names, not keywords.
      const entries = Object.entries(inner).map(([name, one]): [string, Json] => [name, convert(one, document, apiId)]);
      return [[keyword, Object.fromEntries(entries)]];
    }),
  );
};

const withNames = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);
const ofOpenApiOnly = new Set([
  ...['deprecated', 'discriminator', 'example', 'examples', 'externalDocs', 'nullable', 'readOnly', 'writeOnly', 'xml'],
]);
