import type { AttributeValue } from './attribute-values.ts';
import { parseNumber } from './numbers.ts';

/**
 * Returns the message with which DynamoDB rejects an attribute value, or undefined. Rewrites numbers in place, in the notation in
 * which they are stored and compared: dynalite has created the value for this request only.
 */
export const validateValue = (value: AttributeValue | null): string | undefined => {
  const types = Object.keys(value ?? {});
  if (value === null || types.length === 0) return emptyValue;
  for (const type of types) {
    const message = validateContent(value as Record<string, unknown>, type);
    if (message !== undefined) return message;
  }
  return types.length > 1 ? severalTypes : undefined;
};

/** Returns the message for the first value that DynamoDB rejects, or undefined. */
export const validateValues = (values: Readonly<Record<string, AttributeValue>> | undefined): string | undefined => {
  for (const name in values) {
    const message = validateValue(values[name] as AttributeValue);
    if (message !== undefined) return message;
  }
  return undefined;
};

const validateContent = (value: Record<string, unknown>, type: string): string | undefined => {
  const content = value[type];
  switch (type) {
    case 'N': {
      const parsed = parseNumber(String(content));
      if ('fault' in parsed) return parsed.fault;
      value.N = parsed.number;
      return undefined;
    }
    case 'NULL':
      return content === true ? undefined : `${invalid}: Null attribute value types must have the value of true`;
    case 'SS':
    case 'NS':
    case 'BS':
      return validateSet(content as (string | null)[], type);
    case 'L':
      return first(content as readonly AttributeValue[], validateValue);
    case 'M':
      return validateValues(content as Readonly<Record<string, AttributeValue>>);
    default:
      return undefined;
  }
};

const validateSet = (members: (string | null)[], type: 'SS' | 'NS' | 'BS'): string | undefined => {
  const name = { SS: 'string', NS: 'number', BS: 'binary' }[type];
  if (members.length === 0) {
    return type === 'BS' ? `${invalid}: Binary sets should not be empty` : `${invalid}: An ${name} set  may not be empty`;
  }
  if (members.includes(null)) return `${invalid}: An ${name} set may not have a null ${name} as a member`;
  for (const [index, member] of type === 'NS' ? members.entries() : []) {
    const parsed = parseNumber(String(member));
    if ('fault' in parsed) return parsed.fault;
    members[index] = parsed.number;
  }
  if (new Set(members).size === members.length) return undefined;
  if (type === 'NS') return 'Input collection contains duplicates';
  const shown = `Input collection [${members.join(', ')}]`;
  return type === 'SS' ? `${invalid}: ${shown} contains duplicates.` : `${invalid}: ${shown}of type BS contains duplicates.`;
};

const first = <Member>(members: readonly Member[], validate: (member: Member) => string | undefined): string | undefined => {
  for (const member of members) {
    const message = validate(member);
    if (message !== undefined) return message;
  }
  return undefined;
};

const invalid = 'One or more parameter values were invalid';
const emptyValue = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
const severalTypes =
  'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';
