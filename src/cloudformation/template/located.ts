import { LocalError } from '../errors.ts';
import { isObject } from '../json.ts';
import { readDocument } from './document.ts';

/**
 * The fault with the line in front of each message that names a resource or a parameter, `line 12: Table (AWS::…): …`, as faults of the
 * form of a template have it. Anything but a LocalError comes back as it is.
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

/** Beginning of a message on a resource or a parameter. */
const owned = /^(?:(\w+) \(\S+\)|parameter (\w+)): /gm;
