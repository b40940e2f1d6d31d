import { isObject } from '../../cloudformation/json.ts';
import { type Failure, failure } from './failure.ts';
import { proxyHeaderName } from './header-names.ts';
import { type HttpResponse, isBinary, mediaType } from './http.ts';

/**
 * Converts the output of a Lambda proxy function into the response, or into a failure if it is invalid. `accept` is the Accept
 * header of the client. A base64 body is decoded only if the first type in it is a binary media type of the API.
 */
export const proxyResponse = (
  payload: string,
  accept: string | undefined,
  binaryMediaTypes: readonly string[],
): HttpResponse | Failure => {
  let output: unknown;
  try {
    output = JSON.parse(payload);
  } catch {
    return malformed('it is not JSON');
  }
  if (!isObject(output)) {
    return malformed('it is not an object');
  }
  const unknownKey = Object.keys(output).find((key) => !knownKeys.has(key));
  if (unknownKey !== undefined) {
    return malformed(`it has the unknown key ${unknownKey}`);
  }
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = output;
  // No key is required: 200 has been recorded for functions that returned `{}`, or only headers.
  const status = statusOf(statusCode ?? 200);
  if (status === undefined) {
    return malformed('statusCode is not an integer from 200 to 599');
  }
  if (body !== undefined && body !== null && typeof body !== 'string') {
    return malformed('body is not a string');
  }
  if (isBase64Encoded !== undefined && isBase64Encoded !== null && typeof isBase64Encoded !== 'boolean') {
    return malformed('isBase64Encoded is not a boolean');
  }
  const fields = headerFields(headers, multiValueHeaders);
  if (typeof fields === 'string') {
    return malformed(fields);
  }
  const text = body ?? '';
  if (isBase64Encoded !== true || !isBinary(mediaType((accept ?? '').split(',', 1)[0] ?? ''), binaryMediaTypes)) {
    return { status, headers: fields, body: text };
  }
  if (!/^[A-Za-z0-9+/\r\n]*={0,2}\s*$/.test(text)) {
    return failure('API_CONFIGURATION_ERROR', {
      reason: 'Execution failed due to configuration error: Unable to base64 decode the body.',
    });
  }
  return { status, headers: fields, body: Buffer.from(text, 'base64') };
};

/** Creates the failure for an invalid output of a proxy function. */
const malformed = (detail: string): Failure =>
  failure('DEFAULT_5XX', {
    reason: `Execution failed due to configuration error: Malformed Lambda proxy response: ${detail}`,
  });

const knownKeys = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** Returns an integer status, also from a string. A status below 200 would be an interim response and is invalid here. */
const statusOf = (value: unknown): number | undefined => {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
};

/**
 * Returns the header fields of both maps, or an error text. If a name is in both, its multi values come first, and equal values
 * are sent once. Headers that API Gateway reserves are dropped or remapped.
 */
const headerFields = (headers: unknown, multiValueHeaders: unknown): (readonly [string, string])[] | string => {
  const fields = new Map<string, { name: string; values: string[] }>();
  const append = (name: string, value: string) => {
    const key = name.toLowerCase();
    const field = fields.get(key) ?? { name, values: [] };
    fields.set(key, field);
    if (!field.values.includes(value)) {
      field.values.push(value);
    }
  };
  for (const [map, label] of [
    [multiValueHeaders, 'multiValueHeaders'],
    [headers, 'headers'],
  ] as const) {
    if (map === undefined || map === null) {
      continue;
    }
    if (!isObject(map)) {
      return `${label} is not an object`;
    }
    for (const [name, value] of Object.entries(map)) {
      const problem = appendAll(append, label, name, value);
      if (problem !== undefined) {
        return problem;
      }
    }
  }
  const sent = [...fields.values()].flatMap(({ name, values }) => {
    const sentName = proxyHeaderName(name);
    return sentName === undefined ? [] : values.map((value) => [sentName, value] as const);
  });
  return fields.has('content-type') ? sent : [...sent, ['Content-Type', 'application/json'] as const];
};

const appendAll = (
  append: (name: string, value: string) => void,
  label: 'headers' | 'multiValueHeaders',
  name: string,
  value: unknown,
): string | undefined => {
  if (label === 'multiValueHeaders' && !Array.isArray(value)) {
    return `multiValueHeaders.${name} is not a list`;
  }
  if (label === 'headers' && Array.isArray(value)) {
    return `headers.${name} is a list`;
  }
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
    return `${JSON.stringify(name)} is not the name of a header`;
  }
  for (const one of [value].flat()) {
    if (typeof one === 'object' && one !== null) {
      return `${label}.${name} is an object`;
    }
    const text = one === null ? '' : String(one);
    if (!/^[\t -~\u0080-\u00ff]*$/.test(text)) {
      return `${label}.${name} has a character that a header cannot have`;
    }
    append(name, text);
  }
  return undefined;
};
