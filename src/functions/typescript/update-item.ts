// PUT /items/{id}: replaces the attributes of an item with one UpdateItem.
import { parseItem } from './item.ts';
import { conditionProblem, precondition } from './precondition.ts';
import { Problem } from './problem.ts';
import { bodyText, handle, itemAnswer, pathId } from './respond.ts';
import { call } from './store.ts';

/** The version is counted once, however often the request is tried. */
export const lambda_handler = handle('UpdateItem', async (request) => {
  const id = pathId(request);
  const body = parseItem(bodyText(request));
  if (body.id !== undefined && body.id !== id) {
    throw new Problem(
      'invalid-item',
      `id must be "${id}", as in the path, or be left out: an item keeps its id.`,
    );
  }
  const { expression, values, once } = precondition(request);
  const { conditionFailed, output } = await call(
    'UpdateItem',
    {
      Key: { id: { S: id } },
      UpdateExpression:
        'SET attributes = :attributes, updatedAt = :now, updateRequest = :request,' +
        ' version = version + :one',
      ConditionExpression: `${expression} AND updateRequest <> :request`,
      ExpressionAttributeValues: {
        ...values,
        ':attributes': { M: body.attributes },
        ':now': { S: new Date().toISOString() },
        ':request': { S: request.requestId },
        ':one': { N: '1' },
      },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    request.deadline,
    // Without a version, what another client did since would be overwritten.
    once,
  );
  // A failed condition still is a success if the item shows this request: an earlier attempt did it and
  // its answer got lost.
  const mine = output.Item?.updateRequest?.S === request.requestId;
  const item = conditionFailed ? mine && output.Item : output.Attributes;
  if (!item) throw conditionProblem(id, output.Item);
  return itemAnswer(200, item);
});
