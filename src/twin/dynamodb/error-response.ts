/** Error of a request that is rejected or denied. DynamoDB returns each with status 400. */
export interface ErrorResponse {
  /** The name of the exception, without its namespace. */
  readonly type: string;
  readonly message?: string;
  /** Part of the stack that caused the error, if the message does not name it. */
  readonly cause?: string;
}

/** Exceptions in DynamoDB's own namespace. The others are in the namespaces of the framework that all services share. */
const ownExceptions = new Set(['ResourceNotFoundException', 'TableNotFoundException']);

/** Returns the body of an error response. Only AccessDeniedException has the key `Message`; the others have `message`. */
export const errorBody = ({ type, message }: ErrorResponse): string => {
  const namespace = ownExceptions.has(type) ? 'com.amazonaws.dynamodb.v20120810' : validation(type);
  return JSON.stringify({
    __type: `${namespace}#${type}`,
    [type === 'AccessDeniedException' ? 'Message' : 'message']: message,
  });
};

const validation = (type: string): string =>
  type === 'ValidationException' ? 'com.amazon.coral.validate' : 'com.amazon.coral.service';
