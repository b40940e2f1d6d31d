import type { AttributeMap } from '../attribute-values.ts';
import type { Request } from '../request.ts';
import { validateValue } from '../validate-value.ts';
import { parseCondition } from './condition.ts';
import { parseProjection } from './projection.ts';
import { type References, referencesOf } from './references.ts';
import { ExpressionFault } from './tokens.ts';
import { parseUpdate } from './update.ts';

/** The parsed expressions of a request as dynalite's operations read them: one member each, with a leading underscore. */
export interface ParsedExpressions {
  _updates?: ReturnType<typeof parseUpdate>;
  _condition?: ReturnType<typeof parseCondition>;
  _keyCondition?: ReturnType<typeof parseCondition>;
  _filter?: ReturnType<typeof parseCondition>;
  _projection?: ReturnType<typeof parseProjection>;
}

/**
 * Parses the expressions of a request once, and adds the results to the request. Returns the message with which DynamoDB rejects
 * the expressions, their names or their values, or undefined.
 */
export const validateExpressions = (request: Request & ParsedExpressions): string | undefined => {
  const fault = namesFault(request.ExpressionAttributeNames) ?? valuesFault(request.ExpressionAttributeValues);
  if (fault !== undefined) return fault;
  const references = referencesOf(request);
  const parse = <Parsed>(
    name: ExpressionName,
    parser: (text: string, references: References) => Parsed,
    keep: (parsed: Parsed) => void,
  ): string | undefined => {
    const text = request[name];
    if (text === undefined) return undefined;
    try {
      checkSize(text, name);
      keep(parser(text, references));
      return undefined;
    } catch (error) {
      if (error instanceof ExpressionFault) return `Invalid ${name}: ${error.message}`;
      throw error;
    }
  };
  return (
    parse('UpdateExpression', parseUpdate, (parsed) => {
      request._updates = parsed;
    }) ??
    parse('ConditionExpression', parseCondition, (parsed) => {
      request._condition = parsed;
    }) ??
    parse('KeyConditionExpression', parseCondition, (parsed) => {
      request._keyCondition = parsed;
    }) ??
    parse('FilterExpression', parseCondition, (parsed) => {
      request._filter = parsed;
    }) ??
    parse('ProjectionExpression', parseProjection, (parsed) => {
      request._projection = parsed;
    }) ??
    unusedFault('ExpressionAttributeNames', references.unusedNames) ??
    unusedFault('ExpressionAttributeValues', references.unusedValues)
  );
};

type ExpressionName =
  | 'UpdateExpression'
  | 'ConditionExpression'
  | 'KeyConditionExpression'
  | 'FilterExpression'
  | 'ProjectionExpression';

const checkSize = (text: string, name: ExpressionName): void => {
  if (text === '') throw new ExpressionFault('The expression can not be empty;');
  const size = Buffer.byteLength(text);
  if (size <= maxExpressionBytes) return;
  const lead = 'Expression size has exceeded the maximum allowed size;';
  throw new ExpressionFault(name === 'ProjectionExpression' ? lead : `${lead} expression size: ${size}`);
};

const namesFault = (names: Request['ExpressionAttributeNames']): string | undefined => {
  if (names === undefined) return undefined;
  const fault = keysFault('ExpressionAttributeNames', names, nameReference);
  if (fault !== undefined) return fault;
  for (const [key, name] of Object.entries(names)) {
    const reason = attributeNameFault(name);
    if (reason !== undefined) return `ExpressionAttributeNames contains invalid value: ${reason} for key ${key}`;
  }
  return undefined;
};

const valuesFault = (values: AttributeMap | undefined): string | undefined => {
  if (values === undefined) return undefined;
  const fault = keysFault('ExpressionAttributeValues', values, valueReference);
  if (fault !== undefined) return fault;
  for (const [key, value] of Object.entries(values)) {
    const reason = validateValue(value);
    if (reason !== undefined) return `ExpressionAttributeValues contains invalid value: ${reason} for key ${key}`;
  }
  return undefined;
};

const keysFault = (parameter: string, map: object, pattern: RegExp): string | undefined => {
  const keys = Object.keys(map);
  if (keys.length === 0) return `${parameter} must not be empty`;
  const tooLong = keys.some((key) => Buffer.byteLength(key) > maxReferenceBytes);
  if (tooLong) return `${parameter} contains invalid key: The expression attribute map contains a key that is too long;`;
  const wrong = keys.find((key) => !pattern.test(key));
  return wrong === undefined ? undefined : `${parameter} contains invalid key: Syntax error; key: "${wrong}"`;
};

const unusedFault = (parameter: string, unused: ReadonlySet<string>): string | undefined =>
  unused.size === 0 ? undefined : `Value provided in ${parameter} unused in expressions: keys: {${[...unused].join(', ')}}`;

/** Returns the message with which DynamoDB rejects the name of an attribute, or undefined. */
export const attributeNameFault = (name: string | null): string | undefined => {
  if (name === '' || name === null) return 'Empty attribute name';
  return Buffer.byteLength(name) > maxNameBytes ? 'Attribute name is too large, must be less than 65536 bytes' : undefined;
};

const nameReference = /^#[0-9a-zA-Z_]+$/;
const valueReference = /^:[0-9a-zA-Z_]+$/;
const maxExpressionBytes = 4096;
const maxReferenceBytes = 255;
const maxNameBytes = 65_535;
