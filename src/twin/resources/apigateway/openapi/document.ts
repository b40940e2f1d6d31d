import { invalidProperty, type LocalError } from '../../../../cloudformation/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../../cloudformation/json.ts';

/** An OpenAPI document of version 2.0 or 3.0, with access to its parts. */
export interface Document {
  readonly root: JsonObject;
  readonly isVersion2: boolean;
  /** The schemas of models, by name. */
  readonly schemas: JsonObject;
  readonly securitySchemes: JsonObject;
  /** Returns the object itself, or the object that its `$ref` in this document refers to. */
  resolve(value: Json | undefined): JsonObject;
}

/** Parses the property Body of an API. Throws a LocalError for versions that API Gateway does not import. */
export const readOpenApi = (body: JsonObject): Document => {
  const version = String(body.swagger ?? body.openapi ?? '');
  const isVersion2 = body.swagger !== undefined;
  // YAML parses 2.0 as the number 2.
  if (!/^(?:2(?:\.0)?|3\.0(?:\.\d+)?)$/.test(version))
    throw bodyFault(
      '',
      `has ${version === '' ? 'no OpenAPI version' : `the version ${version}`}; API Gateway imports 2.0 and 3.0`,
    );
  const components = child(body, 'components');
  return {
    root: body,
    isVersion2,
    schemas: isVersion2 ? child(body, 'definitions') : child(components, 'schemas'),
    securitySchemes: isVersion2 ? child(body, 'securityDefinitions') : child(components, 'securitySchemes'),
    resolve: (value) => resolve(value, body),
  };
};

/** Follows references within the document. A reference rarely leads to another one. */
const resolve = (value: Json | undefined, body: JsonObject, depth = 0): JsonObject => {
  const { $ref: ref } = isObject(value) ? value : {};
  if (typeof ref !== 'string') return isObject(value) ? value : {};
  const found = ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<Json | undefined>(
      (at, name) => (isObject(at) ? at[name.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
      body,
    );
  // The depth is limited because references may be circular.
  if (!ref.startsWith('#/') || !isObject(found) || depth > 20)
    throw bodyFault('', `refers to ${ref}, which the document does not have`);
  return resolve(found, body, depth + 1);
};

/** Returns a member that is an object, or an empty object. */
export const child = (parent: JsonObject, name: string): JsonObject => {
  const value = parent[name];
  return isObject(value) ? value : {};
};

/** Returns the members that are not objects, as strings. */
export const texts = (values: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (isObject(value) ? [] : [[name, String(value)]])));

/** Returns the error for a place in the document, such as `paths./pets.get`. */
export const bodyFault = (place: string, problem: string): LocalError =>
  invalidProperty(place === '' ? 'Body' : `Body.${place}`, problem);
