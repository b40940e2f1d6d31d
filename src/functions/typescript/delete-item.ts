import { conditionProblem, ifMatch } from './precondition.ts';
import { handle, pathId } from './respond.ts';
import { call } from './store.ts';

/** DELETE /items/{id}: one DeleteItem. */
export const lambda_handler = handle('DeleteItem', async (request) => {
  const id = pathId(request);
  const { expression, values } = ifMatch(request);
  const { conditionFailed, uncertain, output } = await call(
    'DeleteItem',
    {
      Key: { id: { S: id } },
      ConditionExpression: expression,
      // DynamoDB refuses an empty map of values.
      ...(Object.keys(values).length && { ExpressionAttributeValues: values }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    request.deadline,
  );
  // Gone after an attempt whose answer got lost: that attempt deleted it.
  const gone = uncertain && !output.Item;
  if (conditionFailed && !gone) throw conditionProblem(id, output.Item);
  return { status: 204 };
});
