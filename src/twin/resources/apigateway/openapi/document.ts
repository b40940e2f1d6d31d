import { invalidProperty, type LocalError } from '../../../../cloudformation/errors.ts';
import { isObject, type Json, type JsonObject } from '../../../../cloudformation/json.ts';

/** An OpenAPI document of version 2.0 or 3.0, and how its parts are found. */
export interface Document {
  readonly root: JsonObject;
  readonly isVersion2: boolean;
  /** The schemas that models are made of, by name. */
  readonly schemas: JsonObject;
  readonly securitySchemes: JsonObject;
  /** The object itself, or what its `$ref` in this document leads to. */
  resolve(value: Json | undefined): JsonObject;
}

/** Reads the property Body of an API. The versions are those that API Gateway imports. */
export const readOpenApi = (body: JsonObject): Document => {
  const version = String(body.swagger ?? body.openapi ?? '');
  const isVersion2 = body.swagger !== undefined;
  // YAML reads 2.0 as the number 2.
  if (!/^(?:2(?:\.0)?|3\.0(?:\.\d+)?)$/.test(version))
    throw bodyFault(
      '',
      `has the version ${version === '' ? 'of no OpenAPI document' : version}; API Gateway imports 2.0 and 3.0`,
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

/** Follows references in a document, of which few lead to another one. */
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
  // A circle of references leads nowhere.
  if (!ref.startsWith('#/') || !isObject(found) || depth > 20)
    throw bodyFault('', `refers to ${ref}, which the document does not have`);
  return resolve(found, body, depth + 1);
};

/** A member that is an object; an empty one without it. */
export const child = (parent: JsonObject, name: string): JsonObject => {
  const value = parent[name];
  return isObject(value) ? value : {};
};

/** The members that are texts. */
export const texts = (values: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (isObject(value) ? [] : [[name, String(value)]])));

/** The fault of a place in the document, such as `paths./pets.get`. */
export const bodyFault = (place: string, problem: string): LocalError =>
  invalidProperty(place === '' ? 'Body' : `Body.${place}`, problem);
