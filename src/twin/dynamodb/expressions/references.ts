import type { AttributeValue } from '../attribute-values.ts';
import type { Request } from '../request.ts';

/** The names and values that a request gives for its expressions, and those that no expression has used yet. */
export interface References {
  readonly unusedNames: ReadonlySet<string>;
  readonly unusedValues: ReadonlySet<string>;
  /** Returns the name of `#name`, or undefined. */
  name(reference: string): string | undefined;
  /** Returns the value of `:value`, or undefined. */
  value(reference: string): AttributeValue | undefined;
}

export const referencesOf = ({
  ExpressionAttributeNames: names = {},
  ExpressionAttributeValues: values = {},
}: Pick<Request, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>): References => {
  const unusedNames = new Set(Object.keys(names));
  const unusedValues = new Set(Object.keys(values));
  return {
    unusedNames,
    unusedValues,
    name: (reference) => {
      unusedNames.delete(reference);
      return own(names, reference);
    },
    value: (reference) => {
      unusedValues.delete(reference);
      return own(values, reference);
    },
  };
};

const own = <Of extends object>(object: Of, name: string): Of[keyof Of] | undefined =>
  Object.hasOwn(object, name) ? object[name as keyof Of] : undefined;
