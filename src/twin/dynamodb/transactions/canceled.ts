import type { AttributeMap } from '../attribute-values.ts';

/** Reason why an action canceled a transaction; `None` for an action that did not. */
export interface CancellationReason {
  readonly Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError';
  readonly Message?: string;
  readonly Item?: AttributeMap;
}

export const noReason: CancellationReason = { Code: 'None' };

/** Creates an error response of a transaction, in the form that dynalite sends. */
export const requestError = (type: string, message: string, more: object = {}): Error => {
  const __type = `com.amazonaws.dynamodb.v20120810#${type}`;
  return Object.assign(new Error(message), { statusCode: 400, body: { __type, Message: message, ...more } });
};

/** Creates a TransactionCanceledException, with one reason for each action in the order of the request. */
export const canceled = (reasons: readonly CancellationReason[]): Error => {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return requestError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
};

/** Creates the exception for the first invalid action. DynamoDB does not validate the actions after it. */
export const canceledBy = (index: number, count: number, fault: Error): Error =>
  canceled(
    Array.from(
      { length: count },
      (_, position): CancellationReason =>
        position === index ? { Code: 'ValidationError', Message: fault.message } : noReason,
    ),
  );
