// Calls DynamoDB, and repeats a call where that can do no harm.

import { closeIdleConnections, exchange, NotSent } from './connection.ts';
import { valueLimit } from './contract.ts';
import { tooLarge } from './item.ts';
import { Problem } from './problem.ts';
import { ItemReader, type StoredItem } from './stored-item.ts';

/** A response of DynamoDB. */
export interface Output {
  /** The item of GetItem, the new one of UpdateItem, or the one for which a condition failed. */
  item?: StoredItem;
  /** The items of a Scan or Query. */
  items?: StoredItem[];
  /** The id after which a Scan or Query goes on, as JSON text. */
  lastId?: string | undefined;
  /** Type and message of an exception. */
  type?: string;
  message?: string;
}

/** Result of a write. */
export interface WriteResult {
  /** True if the condition did not hold. Then `output.item` is the item, unless there is none. */
  readonly conditionFailed: boolean;
  readonly output: Output;
  /**
   * Present if an earlier attempt may have been applied. If the condition failed then, this may be the
   * reason, and it is the problem to throw.
   */
  readonly unknown?: Problem | undefined;
}

interface Call {
  readonly action: 'GetItem' | 'Scan' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';
  readonly input: object;
  /** On the clock of `performance.now()`. */
  readonly deadline: number;
}

/** Exceptions after which DynamoDB has changed nothing and a retry may succeed. */
const temporary = [
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  // Another client's transaction, or a write in another Region, has the item.
  'TransactionConflictException',
  'ReplicatedWriteConflictException',
];

/** The most milliseconds of one attempt. */
const attemptLimit = 3000;

/**
 * Reads. After any failure the call is repeated until the deadline, as a read changes nothing.
 * Throws `store-unavailable` in the end.
 */
export const read = async (call: Call): Promise<Output> => {
  const { output } = await repeat({ ...call, write: false, repeatable: true });
  return output;
};

/**
 * Writes. The call is repeated if it was certainly not applied: DynamoDB rejected it temporarily, or
 * nothing was sent. After any other failure it may have been applied. Then it is repeated only if it is
 * `repeatable`, which means that it cannot be applied twice; otherwise `store-unavailable` says that the
 * outcome is not known.
 */
export const write = (call: Call & { readonly repeatable: boolean }): Promise<WriteResult> =>
  repeat({ ...call, write: true });

const repeat = async (
  call: Call & { readonly write: boolean; readonly repeatable: boolean },
): Promise<WriteResult> => {
  const body = JSON.stringify({ TableName: process.env.TABLE_NAME, ...call.input });
  let unknown: Problem | undefined;
  for (let attempt = 1; ; attempt++) {
    const { kind, cause, output = {} } = await attemptOnce(call, body);
    if (kind === 'success') return { conditionFailed: false, output, unknown };
    if (kind === 'condition failed') return { conditionFailed: true, output, unknown };
    if (kind === 'unknown' && call.write) {
      unknown = new Problem(
        'store-unavailable',
        'The write may or may not have been applied. Read the item before retrying.',
        { cause },
      );
      if (!call.repeatable) throw unknown;
    }
    if (kind === 'rejected') throw unknown ?? rejection(cause);
    // Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    const wait = Math.random() * Math.min(2000, 25 * 2 ** attempt);
    if (performance.now() + wait >= call.deadline) {
      throw unknown ?? new Problem('store-unavailable', 'Try again later.', { cause });
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
};

/** Result of one attempt. `not applied` and `unknown` are failures that may pass. */
interface Attempt {
  readonly kind: 'success' | 'condition failed' | 'rejected' | 'not applied' | 'unknown';
  readonly cause: string;
  readonly output?: Output;
}

const attemptOnce = async (
  { action, deadline, write }: Call & { readonly write: boolean },
  body: string,
): Promise<Attempt> => {
  const timeout = Math.min(attemptLimit, deadline - performance.now());
  if (timeout <= 0) return { kind: 'not applied', cause: `There is no time left for ${action}` };
  try {
    const { status, text } = await exchange({ action, body, timeout, write });
    const output = status < 500 ? readOutput(text) : {};
    const { type = status, message = text.slice(0, 1000) } = output;
    const cause = `DynamoDB answered ${action} with ${type}: ${message}`;
    if (status === 200 && isComplete(action, output)) return { kind: 'success', cause, output };
    // Only an exception of DynamoDB proves that nothing was written.
    if (output.type === undefined || status < 400 || status >= 500) return { kind: 'unknown', cause };
    if (type === 'ConditionalCheckFailedException') return { kind: 'condition failed', cause, output };
    return { kind: temporary.includes(output.type) ? 'not applied' : 'rejected', cause };
  } catch (error) {
    // After an error, further data on this connection cannot be trusted.
    closeIdleConnections();
    const cause = `DynamoDB did not answer ${action}: ${error}`;
    return { kind: error instanceof NotSent ? 'not applied' : 'unknown', cause };
  }
};

/** A client can have sent an item that is too large. Anything else that DynamoDB rejects is our fault. */
const rejection = (cause: string): Error => (/Item size/.test(cause) ? tooLarge() : new Error(cause));

/** Returns true if a response has the members that functions need. Every response of DynamoDB has them. */
const isComplete = (action: Call['action'], { type, item, items }: Output): boolean => {
  if (type !== undefined) return false;
  if (action === 'UpdateItem') return item !== undefined;
  return (action !== 'Scan' && action !== 'Query') || items !== undefined;
};

const readOutput = (text: string): Output => {
  const output: Output = {};
  const reader = new ItemReader(text);
  const isWhole = reader.object((name) => {
    if (name === 'Item' || name === 'Attributes') output.item = reader.item();
    else if (name === 'Items') return readPage(reader, output);
    else if (name === 'LastEvaluatedKey') output.lastId = reader.attributes().id;
    else if (name === '__type') output.type = reader.string().replace(/.*#/, '');
    else if (name === 'message' || name === 'Message') output.message = reader.string();
    else reader.value();
    return true;
  });
  if (isWhole) reader.end();
  return output;
};

/** Reads the items of a page. Returns false if they are too dense to read them all. */
const readPage = (reader: ItemReader, output: Output): boolean => {
  const items: StoredItem[] = [];
  output.items = items;
  const isWhole = reader.list('[', ']', () => {
    items.push(reader.item());
    return reader.values < valueLimit;
  });
  // The list goes on behind the last item that was read.
  if (!isWhole) output.lastId = items.at(-1)?.id;
  return isWhole;
};
