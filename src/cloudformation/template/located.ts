import { LocalError } from '../errors.ts';
import { isObject } from '../json.ts';
import { readDocument } from './document.ts';

/**
 * Returns the error with the line before each message that names a resource or a parameter: `line 12: Table (AWS::…): …`. Faults
 * in the form of a template have the same format. Returns any error but a LocalError unchanged.
 */
export const located = (error: unknown, text: string): unknown => {
  if (!(error instanceof LocalError) || !owned.test(error.message)) return error;
  const { root, lineOf } = readDocument(text);
  const { Resources: resources = {}, Parameters: parameters = {} } = isObject(root) ? root : {};
  const message = error.message.replace(owned, (owner, logicalId?: string, parameter?: string) => {
    const line = logicalId === undefined ? lineOf(parameters, parameter) : lineOf(resources, logicalId);
    return line === undefined ? owner : `line ${line}: ${owner}`;
  });
  return new LocalError(error.code, message, { cause: error });
};

/** Start of a message about a resource or a parameter. */
const owned = /^(?:(\w+) \(\S+\)|parameter (\w+)): /gm;
