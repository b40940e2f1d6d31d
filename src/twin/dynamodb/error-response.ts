/** Error of a request that is rejected or denied, in the terms of the service: DynamoDB responds to each with status 400. */
export interface ErrorResponse {
  /** The exception's name, without its namespace. */
  readonly type: string;
  readonly message?: string;
  /** Part of the stack that caused the error, if the message does not name it. */
  readonly cause?: string;
}

/** Exceptions that are DynamoDB's own; the others come from what stands in front of every service. */
const ownExceptions = new Set(['ResourceNotFoundException', 'TableNotFoundException']);

/** The body of an error response. That of an AccessDeniedException alone has a capital in its key. */
export const errorBody = ({ type, message }: ErrorResponse): string => {
  const namespace = ownExceptions.has(type) ? 'com.amazonaws.dynamodb.v20120810' : validation(type);
  return JSON.stringify({
    __type: `${namespace}#${type}`,
    [type === 'AccessDeniedException' ? 'Message' : 'message']: message,
  });
};

const validation = (type: string): string =>
  type === 'ValidationException' ? 'com.amazon.coral.validate' : 'com.amazon.coral.service';
