// PATCH /items/{id}: replaces the attributes that the body names with one UpdateItem.
import { type AttributeMap, parseItem } from '../../../src/functions/typescript/item.ts';
import { conditionProblem, precondition } from '../../../src/functions/typescript/precondition.ts';
import { Problem } from '../../../src/functions/typescript/problem.ts';
import { bodyText, handle, itemAnswer, pathId } from '../../../src/functions/typescript/respond.ts';
import { call } from '../../../src/functions/typescript/store.ts';

export const lambda_handler = handle('PatchItem', async (request) => {
  const id = pathId(request);
  const { id: bodyId = id, attributes } = parseItem(bodyText(request));
  if (bodyId !== id) throw new Problem('invalid-item', `id must be "${id}", as in the path, or be left out.`);
  checkRegion(attributes);
  const changes = Object.entries(attributes);
  // DynamoDB takes 4 KB of expression.
  if (changes.length > 50) throw new Problem('invalid-item', 'Change at most 50 attributes with one request.');
  const { expression, values, once } = precondition(request);
  const { conditionFailed, output } = await call(
    'UpdateItem',
    {
      Key: { id: { S: id } },
      UpdateExpression: `SET ${[
        'updatedAt = :now',
        'updateRequest = :request',
        'version = version + :one',
        ...changes.map((_, index) => `attributes.#name${index} = :value${index}`),
      ].join(', ')}`,
      ConditionExpression: `${expression} AND updateRequest <> :request`,
      ...(changes.length > 0 && {
        ExpressionAttributeNames: Object.fromEntries(changes.map(([name], index) => [`#name${index}`, name])),
      }),
      ExpressionAttributeValues: {
        ...values,
        ...Object.fromEntries(changes.map(([, value], index) => [`:value${index}`, value])),
        ':now': { S: new Date().toISOString() },
        ':request': { S: request.requestId },
        ':one': { N: '1' },
      },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    request.deadline,
    once,
  );
  const mine = output.Item?.updateRequest?.S === request.requestId;
  const item = conditionFailed ? mine && output.Item : output.Attributes;
  if (!item) throw conditionProblem(id, output.Item);
  return itemAnswer(200, item);
});

const checkRegion = ({ region }: AttributeMap): void => {
  if (region === undefined || ('S' in region && Object.hasOwn(regions, region.S))) return;
  throw new Problem('invalid-item', 'region must be a code of two letters, such as "CI".');
};

/** Regions by code. The test puts them all here, with a line for each. */
const regions: Readonly<Record<string, string>> = {
  CI: 'Côte d’Ivoire',
};
