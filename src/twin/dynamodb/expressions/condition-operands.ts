import type { AttributeValue } from '../attribute-values.ts';
import { compareValues } from '../compare-values.ts';
import { type Comparator, type Comparison, type FunctionCall, isFunctionCall, isPath, type Operand } from './nodes.ts';
import {
  type Faults,
  isSamePath,
  needsPath,
  sameOperands,
  valueType,
  wrongOperandCount,
  wrongOperandType,
} from './scope.ts';

/** Faults of one comparison or function. */
export type LocalFault = 'undefined' | 'operand' | 'distinct' | 'function';

/** Records the faults of the operands of a function. Returns the message for a function that does not exist in conditions. */
export const checkFunction = ({ name, args }: FunctionCall, faults: Faults<LocalFault>): string | undefined => {
  const count = operandCounts.get(name);
  if (count === undefined) {
    return updateFunctions.has(name)
      ? `The function is not allowed in a condition expression; function: ${name}`
      : `Invalid function name; function: ${name}`;
  }
  if (args.length !== count) {
    faults.note('operand', wrongOperandCount(name, args.length));
    return undefined;
  }
  checkDistinct(name, args, faults);
  const [first, second] = args;
  if (name.startsWith('attribute_') && name !== 'attribute_type') {
    if (first === undefined || !isPath(first)) faults.note('function', needsPath(name));
  } else if (name === 'begins_with') checkTypes(name, args, ['S', 'B'], faults);
  else if (name === 'size') checkTypes(name, args, ['S', 'B', 'SS', 'NS', 'BS', 'L', 'M'], faults);
  else if (name === 'attribute_type' && second !== undefined) checkTypeName(second, faults);
  return undefined;
};

/** Records the faults of the operands of a comparison. */
export const checkComparison = ({ type, args }: Comparison, faults: Faults<LocalFault>): void => {
  const [first, ...others] = args;
  for (const other of others) checkDistinct(type.toUpperCase(), [first as Operand, other], faults);
  if (type === 'in') {
    if (others.length <= maxInOperands) return;
    faults.note('operand', `The IN operator is provided with too many operands; number of operands: ${others.length}`);
    return;
  }
  if (type === '=' || type === '<>') return;
  checkTypes(type.toUpperCase(), args, ['S', 'N', 'B'], faults);
  if (type === 'between') checkBounds(args[1], args[2], faults);
};

export const isComparator = (text: string): text is Comparator => ['=', '<>', '<', '<=', '>', '>='].includes(text);

const checkDistinct = (name: string, args: readonly Operand[], faults: Faults<LocalFault>): void => {
  const [first, second] = args;
  if (args.length !== 2 || first === undefined || !isPath(first) || !isSamePath(first, second)) return;
  faults.note('distinct', sameOperands(name, first));
};

const checkTypes = (
  name: string,
  args: readonly Operand[],
  allowed: readonly string[],
  faults: Faults<LocalFault>,
): void => {
  for (const operand of args) {
    const type = typeOf(operand);
    if (type !== undefined && !allowed.includes(type)) faults.note('function', wrongOperandType(name, type));
  }
};

const checkTypeName = (operand: Operand, faults: Faults<LocalFault>): void => {
  const type = typeOf(operand);
  if (type !== 'S') faults.note('function', wrongOperandType('attribute_type', type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}'));
  else {
    const { S: name } = operand as AttributeValue;
    if (typeNames.has(String(name))) return;
    faults.note('function', `Invalid attribute type name found; type: ${name}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`);
  }
};

const checkBounds = (lower: Operand | undefined, upper: Operand | undefined, faults: Faults<LocalFault>): void => {
  const lowerType = lower && valueType(lower);
  const upperType = upper && valueType(upper);
  if (lowerType === undefined || upperType === undefined) return;
  const [from, to] = [lower as AttributeValue, upper as AttributeValue];
  const bounds = `lower bound operand: AttributeValue: {${lowerType}:${from[lowerType]}}, upper bound operand: AttributeValue: {${upperType}:${to[upperType]}}`;
  if (lowerType !== upperType) {
    faults.note('function', `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  } else if ((compareValues(from, to) ?? 0) > 0) {
    faults.note(
      'function',
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
  }
};

/** Returns the type of an operand, if it is known without an item. */
const typeOf = (operand: Operand): string | undefined => {
  if (!isFunctionCall(operand)) return valueType(operand);
  return operand.name === 'size' ? 'N' : 'BOOL';
};

const operandCounts = new Map([
  ['attribute_exists', 1],
  ['attribute_not_exists', 1],
  ['attribute_type', 2],
  ['begins_with', 2],
  ['contains', 2],
  ['size', 1],
]);
const updateFunctions = new Set(['if_not_exists', 'list_append']);
const typeNames = new Set(['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M']);
const maxInOperands = 100;
