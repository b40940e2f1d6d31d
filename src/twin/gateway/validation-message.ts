import type { ErrorObject } from 'ajv-draft-04';

/** Formats validation errors as API Gateway does in `$context.error.validationErrorString`: `[object has missing …, …]`. */
export const validationMessage = (errors: readonly ErrorObject[]): string => {
  const missing = errors.filter(({ keyword }) => keyword === 'required');
  const places = new Set(missing.map(({ instancePath }) => instancePath));
  return `[${[
    ...[...places].map((place) => missingProperties(missing.filter(({ instancePath }) => instancePath === place))),
    ...errors.filter(({ keyword }) => keyword !== 'required').map(message),
  ].join(', ')}]`;
};

const missingProperties = (errors: readonly ErrorObject[]): string =>
  `object has missing required properties (${JSON.stringify(errors.map(({ params }) => params.missingProperty).sort())})`;

const message = ({ keyword, params, message: fallback, data }: ErrorObject): string => {
  const limit = params.limit;
  switch (keyword) {
    case 'type':
      return `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ${JSON.stringify([params.type].flat())})`;
    case 'enum':
      return `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${JSON.stringify(params.allowedValues)})`;
    case 'pattern':
      return `ECMA 262 regex ${JSON.stringify(params.pattern)} does not match input string ${JSON.stringify(data)}`;
    case 'minLength':
      return `string ${JSON.stringify(data)} is too short (length: ${lengthOf(data)}, required minimum: ${limit})`;
    case 'maxLength':
      return `string ${JSON.stringify(data)} is too long (length: ${lengthOf(data)}, maximum allowed: ${limit})`;
    case 'minimum':
      return `numeric instance is lower than the required minimum (minimum: ${limit}, found: ${JSON.stringify(data)})`;
    case 'maximum':
      return `numeric instance is greater than the required maximum (maximum: ${limit}, found: ${JSON.stringify(data)})`;
    case 'additionalProperties':
      return `object instance has properties which are not allowed by the schema: ${JSON.stringify([params.additionalProperty])}`;
    default:
      return fallback ?? keyword;
  }
};

const typeOf = (value: unknown): string => {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  return Number.isInteger(value) ? 'integer' : typeof value;
};

/** Returns the length in characters, as JSON Schema defines it. */
const lengthOf = (value: unknown): number => (typeof value === 'string' ? [...value].length : 0);
