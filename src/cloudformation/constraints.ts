import { didYouMean } from '../text/nearest.ts';

/** Constraints of a template on the values of a parameter. Numbers may be written as strings. */
export interface Constraints {
  readonly AllowedValues?: readonly (string | number | boolean)[];
  readonly AllowedPattern?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
}

/** The form of values of the type Number. */
export const numberPattern = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/;

/** Returns the fault of a value, or undefined if it is valid. Patterns match the whole value, as in CloudFormation. */
export const violated = (constraints: Constraints, value: string): string | undefined => {
  const { AllowedValues: allowed, AllowedPattern: pattern, MinLength, MaxLength, MinValue, MaxValue } = constraints;
  if (allowed && !allowed.map(String).includes(value))
    return `is not one of the allowed values ${allowed.join(', ')}${didYouMean(value, allowed.map(String))}`;
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 's').test(value))
    return `does not match the pattern ${pattern}`;
  if (MinLength !== undefined && value.length < Number(MinLength)) return `is shorter than ${MinLength} characters`;
  if (MaxLength !== undefined && value.length > Number(MaxLength)) return `is longer than ${MaxLength} characters`;
  if (MinValue !== undefined && Number(value) < Number(MinValue)) return `is less than ${MinValue}`;
  if (MaxValue !== undefined && Number(value) > Number(MaxValue)) return `is more than ${MaxValue}`;
  return undefined;
};
