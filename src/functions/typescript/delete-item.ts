// DELETE /items/{id}: deletes an item with one DeleteItem.
import { conditionProblem, precondition } from './precondition.ts';
import { handle, pathId } from './respond.ts';
import { call } from './store.ts';

export const lambda_handler = handle('DeleteItem', async (request) => {
  const id = pathId(request);
  const { expression, values } = precondition(request);
  const { conditionFailed, output } = await call(
    'DeleteItem',
    {
      Key: { id: { S: id } },
      ConditionExpression: expression,
      // DynamoDB refuses an empty map of values.
      ...(Object.keys(values).length && { ExpressionAttributeValues: values }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    request.deadline,
    // Another client may have made an item of this id anew since.
    false,
  );
  if (conditionFailed) throw conditionProblem(id, output.Item);
  return { status: 204 };
});
