import assert from 'node:assert/strict';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import { openApiDocument } from '../openapi/document.ts';
import type { Header, OperationObject, Reference, ResponseObject } from '../openapi/types.ts';
import type { Response } from './send.ts';

const { paths, components } = openApiDocument('');

/**
 * Fails unless the OpenAPI document describes a response: its status, or the range of it, every header that the document names,
 * its content type and its body. If the document lacks the path or method, the response is a gateway response, whose body must be
 * a problem.
 */
export const assertDescribed = (response: Response, method: string, path: string, what: string): void => {
  const operation = operationAt(method, path);
  if (operation === undefined) {
    if (method !== 'OPTIONS') assertBody(response, { $ref: '#/components/schemas/Problem' }, what);
    return;
  }
  const { status, headers, text } = response;
  const entry = operation.responses[status] ?? operation.responses[`${Math.floor(status / 100)}XX`];
  assert.ok(entry, `${what}: ${operation.operationId} has no such response in openapi.yaml: ${text}`);
  const described = resolved(entry, components.responses);
  for (const [name, reference] of Object.entries(described.headers ?? {})) {
    assertHeader(headers.get(name), resolved(reference, components.headers), `${what}: header ${name}`);
  }
  if (described.content === undefined) {
    assert.equal(text, '', `${what} has a body, which openapi.yaml does not describe`);
    return;
  }
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  const content = described.content[type];
  assert.ok(content, `${what}: content type ${type}, not ${Object.keys(described.content)}`);
  assertBody(response, content.schema, what);
};

/**
 * Returns the operation at a path, with or without a query. A path parameter is never empty: /items/ is not the path of an item.
 */
const operationAt = (method: string, path: string): OperationObject | undefined => {
  const segments = path.replace(/\?.*/, '').split('/');
  const fits = (part: string, segment = ''): boolean => (part.startsWith('{') ? segment !== '' : part === segment);
  const template = Object.keys(paths).find((candidate) => {
    const parts = candidate.split('/');
    return parts.length === segments.length && parts.every((part, index) => fits(part, segments[index]));
  });
  return template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
};

const resolved = <Value extends ResponseObject | Header>(
  entry: Value | Reference,
  named: Readonly<Record<string, Value>>,
): Value => {
  if (!('$ref' in entry)) return entry;
  const value = named[entry.$ref.replace(/^.*\//, '')];
  assert.ok(value, `openapi.yaml has no ${entry.$ref}`);
  return value;
};

const assertHeader = (value: string | null, { schema, required }: Header, what: string): void => {
  if (value === null) {
    assert.ok(!required, `${what} is missing`);
    return;
  }
  assertValid(schema.type === 'integer' && /^\d+$/.test(value) ? Number(value) : value, schema, what);
};

const assertBody = (response: Response, schema: object, what: string): void => assertValid(response.json(), schema, what);

const assertValid = (value: unknown, schema: object, what: string): void => {
  const validate = validator(schema);
  if (validate(value)) return;
  const [{ instancePath, message } = { instancePath: '', message: '' }] = validate.errors ?? [];
  assert.fail(`${what}: ${instancePath || 'it'} ${message} (openapi.yaml): ${JSON.stringify(value).slice(0, 500)}`);
};

/** The formats that the document uses, strict enough to find our own mistakes. */
const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/,
  'uri-reference': /^[!-~]+$/,
};

let ajv: Ajv2020.default | undefined;
const validators = new Map<object, ValidateFunction>();

const validator = (schema: object): ValidateFunction => {
  const known = validators.get(schema);
  if (known) return known;
  // Schemas of the document refer to others by #/components/….
  ajv ??= new Ajv2020.default({ formats, allowUnionTypes: true, keywords: ['components'] });
  const made = ajv.compile({ ...schema, components });
  validators.set(schema, made);
  return made;
};
