import type { Fail, Scope } from './scope.ts';

/** The text that an intrinsic function makes. Counts before it joins: texts in texts grow by their product. */
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

/** Characters made for a start or an update, each of which has parameters of its own. */
const made = new WeakMap<Scope['parameters'], number>();

/** Of every template that CloudFormation could process, also if each text is evaluated at several steps of a start. */
const maxTotal = 50_000_000;

/** Characters. The limit of a template's size holds for the processed template, too. */
const maxLength = 1_000_000;
