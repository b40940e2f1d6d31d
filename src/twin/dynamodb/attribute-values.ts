/** An attribute value in DynamoDB's JSON: an object with one member, whose name is the type. */
export type AttributeValue = Readonly<Record<string, unknown>>;

/** Attributes by name, as in an item or in `ExpressionAttributeValues`. */
export type AttributeMap = Readonly<Record<string, AttributeValue>>;

/**
 * Returns the fault for which DynamoDB rejects a well-formed document, or undefined. An attribute of an item is at level 1. A
 * scalar may be at level 32; a map or list, even an empty one, at level 31. (Observed with AWS's own DynamoDB Local.)
 */
export const documentFault = (attributes: AttributeMap): 'nesting' | 'empty name' | undefined => {
  for (const name of Object.keys(attributes)) {
    const fault = name === '' ? 'empty name' : valueFault(attributes[name], 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** The message for a document with too many levels. */
export const nestingMessage = 'Nesting Levels have exceeded supported limits';

const valueFault = (value: AttributeValue | undefined, level: number): 'nesting' | 'empty name' | undefined => {
  const { M: map, L: list } = value ?? {};
  if (!isContainer(map) && !isContainer(list)) return undefined;
  if (level > maxContainerLevel) return 'nesting';
  if (isContainer(map) && Object.hasOwn(map, '')) return 'empty name';
  for (const child of Object.values(isContainer(map) ? map : (list as object))) {
    const fault = valueFault(child, level + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const maxContainerLevel = 31;
