import type { Parameter, Stack } from '@aws-sdk/client-cloudformation';
import { bounded, TimeExceeded } from '../cloudformation/bounded.ts';
import { numberPattern, violated } from '../cloudformation/constraints.ts';
import { tooSlow, unknownRemedy } from '../cloudformation/parameters.ts';
import type { AccountDefault } from './account.ts';
import { DeployError } from './errors.ts';
import type { ParameterDeclaration, Template } from './template.ts';

/** Validates the given values. Throws one DeployError with all faults, so that no deployment fails halfway because of them. */
export const checkParameters = (
  { file, parameters }: Pick<Template, 'file' | 'parameters'>,
  given: Readonly<Record<string, string>>,
): void => {
  const known = [...parameters.keys()];
  const faults = Object.keys(given)
    .filter((name) => !parameters.has(name))
    .map((name) => `${file} has no parameter ${name}${unknownRemedy(name, known)}`);
  for (const [name, declaration] of parameters) {
    const text = given[name];
    const fault =
      text === undefined
        ? declaration.Default === undefined && 'has neither a value nor a default: give it one'
        : boundedFault(declaration, text);
    if (fault) faults.push(`parameter ${name}: ${fault}`);
  }
  if (faults.length > 0) throw new DeployError(faults.join('\n'));
};

/** Returns all parameters, so that the result depends on the environment and not on the previous values of the stack. */
export const parametersOf = (
  template: Template,
  given: Readonly<Record<string, string>>,
  defaults: readonly AccountDefault[],
  stack: Stack | undefined,
): Parameter[] => {
  const has = (name: string) => stack?.Parameters?.some(({ ParameterKey: key }) => key === name);
  return [...template.parameters].map(([name, { Default: standard }]) => {
    const found = defaults.find(({ parameter }) => parameter === name);
    // The stack keeps its value if the account's value is unknown.
    if (found && found.value === undefined && has(name)) return { ParameterKey: name, UsePreviousValue: true };
    return { ParameterKey: name, ParameterValue: given[name] ?? found?.value ?? standard ?? '' };
  });
};

const boundedFault = (declaration: ParameterDeclaration, text: string): string | undefined => {
  try {
    return bounded(() => faultOf(declaration, text));
  } catch (error) {
    if (!(error instanceof TimeExceeded)) throw error;
    return tooSlow(declaration.AllowedPattern);
  }
};

/**
 * Returns the fault of a value, or undefined. Ids and Parameter Store types are left to CloudFormation, which can look them up.
 * So are patterns that only Java supports.
 */
const faultOf = (declaration: ParameterDeclaration, text: string): string | undefined => {
  const { Type: type, ConstraintDescription: description, AllowedPattern: pattern, ...others } = declaration;
  const constraints = { ...others, ...(pattern !== undefined && isReadable(pattern) && { AllowedPattern: pattern }) };
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  const isNumber = type === 'Number' || type === 'List<Number>';
  for (const item of isList ? text.split(',').map((one) => one.trim()) : [text]) {
    const fault = isNumber && !numberPattern.test(item) ? 'is not a number' : violated(constraints, item);
    if (fault) return `${JSON.stringify(item)} ${fault}${description === undefined ? '' : ` (${description})`}`;
  }
  return undefined;
};

/**
 * Returns false for syntax that JavaScript does not support, and for escapes and intersections that it treats as plain
 * characters.
 */
const isReadable = (pattern: string): boolean => {
  try {
    return !/\\[AzZGQEhHRXpP]|&&/.test(pattern) && new RegExp(pattern) !== undefined;
  } catch {
    return false;
  }
};
