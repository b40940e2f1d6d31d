import type { Fault } from './fault.ts';
import { errorBody, respond, send } from './respond.ts';

const rejection = (type: string, more: Partial<Fault> = {}): Fault => ({
  name: `400 ${type}`,
  notApplied: async (call) => respond(call, 400, errorBody(type)),
  ...more,
});

/** Errors that DynamoDB returns without carrying out the call. */
export const rejectionFaults: readonly Fault[] = [
  ...['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'].map((type) =>
    rejection(type),
  ),
  rejection('TransactionConflictException', { writesOnly: true }),
  rejection('ReplicatedWriteConflictException', { writesOnly: true }),
  rejection('ItemCollectionSizeLimitExceededException', { writesOnly: true, ours: true }),
  ...[
    'ResourceNotFoundException',
    'AccessDeniedException',
    'ExpiredTokenException',
    'UnrecognizedClientException',
    'SerializationException',
    'ValidationException',
  ].map((type) => rejection(type, { ours: true })),
  { name: '400 without a type', ours: true, notApplied: async (call) => respond(call, 400, '{}') },
  rejection('ConditionalCheckFailedException', {
    name: '400 ConditionalCheckFailedException without the item',
    writesOnly: true,
    // DynamoDB itself returns this if there is no item. To a PutItem it does so if the item was deleted at the same moment.
    believable: { PutItem: [409, 422], UpdateItem: [404, 412], DeleteItem: [404, 412] },
  }),
  {
    name: 'applied, 500, then a failed condition without the item',
    uncertain: true,
    writesOnly: true,
    // Only the first call is applied. Without it, the second response would be false.
    calls: 2,
    async applied(call, response) {
      if (response.status === 200) return respond(call, 500, errorBody('InternalServerError'));
      const { Item: _item, ...rest } = JSON.parse(response.body.toString());
      send(call, { ...response, body: Buffer.from(JSON.stringify(rest)) });
    },
  },
];
