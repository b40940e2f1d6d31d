import type { AttributeMap } from './attribute-values.ts';
import { typeAndContent } from './compare-values.ts';
import type { Table } from './dynalite-modules.ts';

/** Returns the message with which DynamoDB rejects an item whose value cannot be the key of an index, or undefined. */
export const indexKeyFault = (item: AttributeMap, table: Table): string | undefined => {
  const found = faultOfIndexKeys(item, table);
  if (found === undefined) return undefined;
  const { name, index, type, actual, fault } = found;
  switch (fault) {
    case 'type':
      return `${invalid}: Type mismatch for Index Key ${name} Expected: ${type} Actual: ${actual} IndexName: ${index}`;
    case 'empty':
      return `${notValid}. A value specified for a secondary index key is not supported. ${emptyKey(type)}. IndexName: ${index}, IndexKey: ${name}`;
    default:
      return `${invalid}: ${fault}`;
  }
};

/** Returns the message for an item that an update expression has changed, or undefined. */
export const updatedIndexKeyFault = (item: AttributeMap, table: Table): string | undefined => {
  const found = faultOfIndexKeys(item, table);
  switch (found?.fault) {
    case undefined:
      return undefined;
    case 'type':
      return 'The update expression attempted to update the secondary index key to unsupported type';
    case 'empty':
      return `${notValid}. The update expression attempted to update a secondary index key to a value that is not supported. ${emptyKey(found?.type)}.`;
    default:
      return `${invalid}: ${found?.fault}`;
  }
};

/** Returns the start of the message about an empty key. */
export const emptyKey = (type: string | undefined): string =>
  `The AttributeValue for a key attribute cannot contain an empty ${type === 'B' ? 'binary' : 'string'} value`;

export const notValid = 'One or more parameter values are not valid';

interface IndexKeyFault {
  readonly name: string;
  readonly index: string;
  readonly type: string | undefined;
  readonly actual: string;
  /** `type`, `empty`, or the message about a size. */
  readonly fault: string;
}

const faultOfIndexKeys = (item: AttributeMap, table: Table): IndexKeyFault | undefined => {
  const { GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [], AttributeDefinitions } = table;
  for (const { IndexName: index, KeySchema } of [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes]) {
    for (const { AttributeName: name, KeyType } of KeySchema) {
      const value = Object.hasOwn(item, name) ? item[name] : undefined;
      if (value === undefined) continue;
      const type = AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
      const [actual, content] = typeAndContent(value);
      const fault = actual === type ? contentFault(actual, String(content), KeyType) : 'type';
      if (fault !== undefined) return { name, index, type, actual, fault };
    }
  }
  return undefined;
};

const contentFault = (type: string, content: string, keyType: string): string | undefined => {
  if (type === 'N') return undefined;
  if (content === '') return 'empty';
  const size = Buffer.byteLength(content, type === 'B' ? 'base64' : 'utf8');
  if (keyType === 'HASH') {
    return size > 2048 ? 'Size of hashkey has exceeded the maximum size limit of2048 bytes' : undefined;
  }
  return size > 1024 ? 'Aggregated size of all range keys has exceeded the size limit of 1024 bytes' : undefined;
};

const invalid = 'One or more parameter values were invalid';
