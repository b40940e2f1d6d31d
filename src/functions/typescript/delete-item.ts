// DELETE /items/{id}: deletes an item with one DeleteItem.

import { conditionProblem, writeCondition } from './precondition.ts';
import { pathId } from './request.ts';
import { createHandler } from './respond.ts';
import { write } from './store.ts';

export const lambda_handler = createHandler('DeleteItem', async (request) => {
  const id = pathId(request);
  const { expression, values, repeatable } = writeCondition(request);
  const { conditionFailed, output, unknown } = await write({
    action: 'DeleteItem',
    input: {
      Key: { id: { S: id } },
      ConditionExpression: expression,
      // DynamoDB rejects an empty map of values.
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    deadline: request.deadline,
    // Without an entity tag a second attempt could delete what another client created after the first.
    repeatable,
  });
  if (!conditionFailed) return { status: 204 };
  throw unknown ?? conditionProblem(id, output.item);
});
