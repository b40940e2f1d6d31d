import { attributesFault, limitKeyNames } from './create-table-faults.ts';
import { type DynaliteDb, type DynaliteValidations, operationValidation, type RequestError } from './dynalite-modules.ts';
import { indexKeyFault, notValid } from './index-keys.ts';
import { combinationFault, formFault } from './parameter-faults.ts';

/** Adds rules for parameters and keys that dynalite lacks, and rejects requests that would end its process. */
export const replaceValidations = (db: DynaliteDb, validations: DynaliteValidations): void => {
  const operationOf = new Map<object, string>();
  for (const operation of operations) {
    const validation = operationValidation(operation);
    operationOf.set(validation.types, operation);
    const { custom } = validation;
    validation.custom = (request, store) => custom(request, store) || combinationFault(operation, request);
  }
  const createTable = operationValidation('createTable');
  const { custom: customOfTable } = createTable;
  createTable.custom = (request, store) => attributesFault(request) ?? customOfTable(request, store);
  operationOf.set(createTable.types, 'createTable');
  limitKeyNames();
  // Moves the limits of the name to the generic constraints: DynamoDB reports them together, with the same wording.
  Object.assign(createTable.types.TableName ?? {}, {
    tableName: false,
    lengthGreaterThanOrEqual: 3,
    lengthLessThanOrEqual: 255,
  });
  operationValidation('scan').types.ConsistentRead = { type: 'Boolean' };
  Object.assign(operationValidation('scan').types.TotalSegments ?? {}, { lessThanOrEqual: 1_000_000 });
  Object.assign(updateMembers(), { Action: { type: 'String', enum: ['ADD', 'PUT', 'DELETE'] } });

  const { checkValidations } = validations;
  validations.checkValidations = (request, types, ...rest) => {
    const fault = formFault(operationOf.get(types) ?? '', request);
    if (fault !== undefined) throw db.validationError(fault);
    checkValidations(request, types, ...rest);
  };

  const { validateItem, validateKey } = db;
  db.validateItem = (item, table) => {
    const fault = validateItem(item, table);
    if (fault != null) return fault;
    const message = indexKeyFault(item, table);
    return message === undefined ? undefined : db.validationError(message);
  };
  db.validateKey = (key, table) => withEmptyKey(db, validateKey(key, table));
};

/** Corrects the start of the message about an empty key in a request, where dynalite's differs from the one for an item. */
const withEmptyKey = (db: DynaliteDb, fault: RequestError | null | undefined): RequestError | null | undefined => {
  const [, rest] = fault?.message.split('One or more parameter values were invalid: The AttributeValue') ?? [];
  return rest === undefined ? fault : db.validationError(`${notValid}. The AttributeValue${rest}`);
};

const updateMembers = (): object => {
  const { AttributeUpdates } = operationValidation('updateItem').types as Record<string, Nested>;
  return AttributeUpdates?.children?.children ?? {};
};

interface Nested {
  readonly children?: { readonly children?: object };
}

const operations = ['getItem', 'putItem', 'updateItem', 'deleteItem', 'query', 'scan', 'batchGetItem', 'batchWriteItem'];
