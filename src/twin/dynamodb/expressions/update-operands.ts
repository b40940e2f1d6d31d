import type { AttributeValue } from '../attribute-values.ts';
import { type FunctionCall, isFunctionCall, isPath, type Operand } from './nodes.ts';
import {
  type Faults,
  isSamePath,
  misusedFunction,
  needsPath,
  sameOperands,
  valueType,
  wrongOperandCount,
  wrongOperandType,
} from './scope.ts';

export type UpdateFault =
  | 'parens'
  | 'unknownFunction'
  | 'misusedFunction'
  | 'reserved'
  | 'section'
  | 'undefinedName'
  | 'undefinedValue'
  | 'overlap'
  | 'conflict'
  | 'operand'
  | 'function';

/** Records the faults of a function, a plus or a minus of an update expression. */
export const checkUpdateFunction = ({ name, args }: FunctionCall, faults: Faults<UpdateFault>): void => {
  if (!Object.hasOwn(argumentTypes, name)) {
    faults.note(
      'unknownFunction',
      conditionFunctions.has(name)
        ? `The function is not allowed in an update expression; function: ${name}`
        : `Invalid function name; function: ${name}`,
    );
    return;
  }
  const nested = args.find((operand) => isFunctionCall(operand) && operand.name === 'list_append');
  if (nested !== undefined) faults.note('misusedFunction', misusedFunction('list_append'));
  if (args.length !== 2) {
    faults.note('function', wrongOperandCount(name, args.length));
    return;
  }
  if (name === 'if_not_exists') {
    const [path, other] = args;
    if (path === undefined || !isPath(path)) faults.note('function', needsPath(name));
    else if (isSamePath(path, other)) faults.note('function', sameOperands(name, path));
    return;
  }
  for (const operand of args) {
    const type = valueType(operand);
    if (type !== undefined && type !== argumentTypes[name]) faults.note('function', wrongOperandType(name, type));
  }
};

/** Returns the type of the operand of ADD or DELETE. Records a fault if it is not a set or, for ADD, a number. */
export const checkSetOperand = (keyword: string, value: AttributeValue, faults: Faults<UpdateFault>): string => {
  const type = valueType(value) ?? '';
  const name = typeNames[type];
  if (name !== undefined && !(keyword === 'ADD' && type === 'N')) {
    faults.note(
      'operand',
      `Incorrect operand type for operator or function; operator: ${keyword}, operand type: ${name}, typeSet: ALLOWED_FOR_${keyword}_OPERAND`,
    );
  }
  return type;
};

/** Returns the type that SET gives an attribute, if it is known without an item. */
export const resultType = (operand: Operand): string | undefined => {
  if (!isFunctionCall(operand)) return valueType(operand);
  const [, fallback] = operand.args;
  if (operand.name === 'if_not_exists') return fallback && resultType(fallback);
  return argumentTypes[operand.name];
};

/** Functions by name, with the type that their operands must have and that their result has. */
const argumentTypes: Readonly<Record<string, string | undefined>> = {
  if_not_exists: undefined,
  list_append: 'L',
  '+': 'N',
  '-': 'N',
};
const conditionFunctions = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);
const typeNames: Readonly<Record<string, string | undefined>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
};
