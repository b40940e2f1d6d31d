// PUT /items/{id}: replaces the attributes of an item with one UpdateItem.

import { indexes } from './entity.ts';
import { parseItem } from './item.ts';
import { indexKeys, indexName } from './look-up.ts';
import { conditionProblem, writeCondition } from './precondition.ts';
import { Problem } from './problem.ts';
import { bodyText, pathId } from './request.ts';
import { createHandler, itemResponse } from './respond.ts';
import { write } from './store.ts';
import { entityTag, newWriteId } from './stored-item.ts';

export const lambda_handler = createHandler('UpdateItem', async (request) => {
  const id = pathId(request);
  const { id: bodyId = id, attributes } = parseItem(bodyText(request));
  if (bodyId !== id) {
    throw new Problem('invalid-item', `id must be "${id}", as in the path, or be left out.`);
  }
  const { expression, values, repeatable } = writeCondition(request);
  const writeId = newWriteId();
  const keys = indexKeys(attributes);
  const changes = [
    'attributes = :attributes',
    'updatedAt = :now',
    'writeId = :writeId',
    'version = version + :one',
    ...Object.keys(keys).map((name) => `${name} = :${name}`),
  ];
  const removed = indexes.map(indexName).filter((name) => keys[name] === undefined);
  const { conditionFailed, output, unknown } = await write({
    action: 'UpdateItem',
    input: {
      Key: { id: { S: id } },
      UpdateExpression: [`SET ${changes}`, ...(removed.length > 0 ? [`REMOVE ${removed}`] : [])].join(
        ' ',
      ),
      ConditionExpression: expression,
      ExpressionAttributeValues: {
        ...values,
        ':attributes': { M: attributes },
        ':now': { S: new Date().toISOString() },
        ':writeId': { S: writeId },
        ':one': { N: '1' },
        ...Object.fromEntries(Object.entries(keys).map(([name, value]) => [`:${name}`, value])),
      },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    deadline: request.deadline,
    // Without an entity tag a second attempt could undo what another client did after the first.
    repeatable,
  });
  const { item } = output;
  // If the condition failed for an item with this write id, an earlier attempt was applied.
  if (item && (!conditionFailed || entityTag(item) === `"${writeId}"`)) return itemResponse(200, item);
  throw unknown ?? conditionProblem(id, item);
});
