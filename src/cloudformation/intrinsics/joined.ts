import type { Fail, Scope } from './scope.ts';

/**
 * Returns the text that an intrinsic function creates. Measures before it joins, because the length of nested texts multiplies.
 */
export const joined = (name: string, parts: readonly string[], delimiter: string, scope: Scope, fail: Fail): string => {
  const length = parts.reduce((sum, part) => sum + part.length, Math.max(0, parts.length - 1) * delimiter.length);
  if (length > maxLength) {
    return fail(
      'INVALID_TEMPLATE',
      `${name} makes a text of ${length} characters; CloudFormation processes templates of ${maxLength} at most: shorten what it joins`,
    );
  }
  const total = (made.get(scope.parameters) ?? 0) + length;
  made.set(scope.parameters, total);
  if (total > maxTotal) {
    const what = `the texts that Fn::Sub and Fn::Join make have more than ${maxTotal} characters in all`;
    return fail('INVALID_TEMPLATE', `${what}: shorten what they join`);
  }
  return parts.join(delimiter);
};

/** Characters created in a start or an update. Each has its own `parameters`. */
const made = new WeakMap<Scope['parameters'], number>();

/** Enough for every template that CloudFormation can process, even if each text is evaluated in several steps of a start. */
const maxTotal = 50_000_000;

/** Characters. The size limit of a template also applies to the processed template. */
const maxLength = 1_000_000;
