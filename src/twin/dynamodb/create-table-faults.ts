import { operationValidation, type Request } from './dynalite-modules.ts';

/** Limits the names of keys and projected attributes to 1 to 255 characters, as CreateTable of DynamoDB does. */
export const limitKeyNames = (): void => {
  const limit = { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 255 };
  // Attribute names are members of structures in lists. The types are nested in the same way.
  const visit = (types: object): void => {
    for (const [name, type] of Object.entries(types)) {
      if (typeof type !== 'object') continue;
      if (name === 'AttributeName') Object.assign(type, limit);
      else if (name === 'NonKeyAttributes') Object.assign(type, { children: limit });
      else visit(type);
    }
  };
  visit(operationValidation('createTable').types);
};

/** Returns the message with which DynamoDB rejects the keys of a table before it validates other parameters, or undefined. */
export const keySchemaFault = ({ KeySchema }: Request): string | undefined => {
  const keys = (KeySchema ?? []) as readonly { readonly AttributeName?: string; readonly KeyType?: string }[];
  if (keys.length <= 2) return undefined;
  const shown = keys.map((key) => `KeySchemaElement(attributeName=${key.AttributeName}, keyType=${key.KeyType})`);
  return `1 validation error detected: Value '[${shown.join(', ')}]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2`;
};

/** Returns the message with which DynamoDB rejects attributes that a table defines or projects, or undefined. */
export const attributesFault = (request: Request): string | undefined => {
  const { AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes } = request as Attributes;
  const defined = duplicate((AttributeDefinitions ?? []).map(({ AttributeName: name }) => name));
  if (defined !== undefined) return `${invalid}: Duplicate attribute in AttributeDefinitions: ${defined}`;
  for (const { Projection } of [...(GlobalSecondaryIndexes ?? []), ...(LocalSecondaryIndexes ?? [])]) {
    const { ProjectionType: type, NonKeyAttributes: names } = Projection ?? {};
    if (type === 'INCLUDE' && names === undefined) {
      return `${invalid}: ProjectionType is INCLUDE, but NonKeyAttributes is not specified`;
    }
    const projected = duplicate(names ?? []);
    if (projected !== undefined) return `${invalid}: Duplicate attribute in NonKeyAttributes: ${projected}`;
  }
  return undefined;
};

interface Attributes {
  readonly AttributeDefinitions?: readonly { readonly AttributeName: string }[];
  readonly GlobalSecondaryIndexes?: readonly Projected[];
  readonly LocalSecondaryIndexes?: readonly Projected[];
}

interface Projected {
  readonly Projection?: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
}

const duplicate = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index);

const invalid = 'One or more parameter values were invalid';
