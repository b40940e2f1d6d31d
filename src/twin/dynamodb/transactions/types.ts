import { operationValidation } from '../dynalite-modules.ts';

/** Returns the types of requests in the form that dynalite's checks use. */
export const transactTypes = (): Readonly<Record<'transactGetItems' | 'transactWriteItems', Record<string, object>>> => ({
  transactGetItems: {
    ReturnConsumedCapacity: capacity,
    TransactItems: itemsOf({
      Get: action('Get', 'getItem', ['Key', 'ProjectionExpression', 'ExpressionAttributeNames']),
    }),
  },
  transactWriteItems: {
    ReturnConsumedCapacity: capacity,
    ReturnItemCollectionMetrics: { type: 'String', enum: ['SIZE', 'NONE'] },
    ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
    TransactItems: itemsOf({
      ConditionCheck: action('ConditionCheck', 'deleteItem', ['Key', ...condition], {
        ConditionExpression: { type: 'String', notNull: true },
      }),
      Put: action('Put', 'putItem', ['Item', ...condition]),
      Delete: action('Delete', 'deleteItem', ['Key', ...condition]),
      Update: action('Update', 'updateItem', ['Key', ...condition], {
        UpdateExpression: { type: 'String', notNull: true },
      }),
    }),
  },
});

const capacity = { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] };

const condition = [
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
];

const itemsOf = (children: object): object => ({
  type: 'List',
  notNull: true,
  lengthGreaterThanOrEqual: 1,
  lengthLessThanOrEqual: 100,
  children: { type: 'ValueStruct<TransactItem>', children },
});

/** Returns the type of an action, with members of the single operation that does the same. */
const action = (name: string, operation: string, members: readonly string[], more: object = {}): object => {
  const { types } = operationValidation(operation);
  const taken = ['TableName', ...members].map((member) => [member, types[member]]);
  return { type: `FieldStruct<${name}>`, children: { ...Object.fromEntries(taken), ...more } };
};
