import { LocalError } from '../../local/errors.ts';
import type { Description } from '../../local/index.ts';
import { isContractServed } from '../../page/is-contract-served.ts';
import { createItems } from './create-items.ts';
import type { SeedLine } from './seed-file.ts';

export { readSeedFile } from './seed-file.ts';

/** Raises why items cannot be written to a stack with `--seed`, if that is so. */
export const checkSeedable = (stack: Description): void => {
  const fault = (message: string): LocalError => new LocalError('INVALID_PARAMETER', message);
  const { methods, outputs, apiKey } = stack;
  if (!isContractServed(methods) || !outputs.some(isInvokeUrl)) {
    throw fault(
      '--seed writes items of the Items API, and this template does not serve all of its operations: leave --seed out',
    );
  }
  const post = methods.find(({ httpMethod, resourcePath }) => httpMethod === 'POST' && resourcePath === '/items');
  if (post?.authorizationType === 'COGNITO_USER_POOLS') {
    const remedy = 'start once with --parameter AuthorizationType=NONE on the same data folder';
    throw fault(
      `--seed has no token for POST /items, which asks for one of a user pool: it works with AuthorizationType NONE or AWS_IAM; ${remedy}`,
    );
  }
  if (post?.apiKeyRequired && apiKey === undefined)
    throw fault('--seed has no API key for POST /items, and the template makes none: declare an AWS::ApiGateway::ApiKey');
};

/** Items to write. */
export interface Items {
  readonly file: string;
  readonly lines: readonly SeedLine[];
  /** Tells the requests that write them from others. */
  readonly userAgent: string;
}

/** Writes the items of a file through the API, and prints what became of them. Returns early once the signal aborts. */
export const seed = async (stack: Description, { file, lines, userAgent }: Items, signal: AbortSignal): Promise<void> => {
  const invokeUrl = stack.outputs.find(isInvokeUrl)?.value ?? '';
  const onThrottled = (): void => console.error(`--seed is throttled and goes on more slowly: ${faster}`);
  try {
    const url = new URL(`${invokeUrl}/items`);
    const { written, existing, stopped } = await createItems(stack, url, lines, { signal, userAgent, onThrottled });
    const done = `seeded ${count(written)}, ${existing} existed already (${file})`;
    if (stopped === undefined) console.log(done);
    else {
      const remedy = 'correct it and start again, which skips what exists';
      console.error(`seeding stopped at line ${stopped.line} of ${file}: ${stopped.reason}; ${done}; ${remedy}`);
    }
  } catch (error) {
    if (!signal.aborted) console.error(error);
  }
};

const faster = 'raise --parameter ThrottlingRateLimit and ThrottlingBurstLimit to have it faster';

const count = (items: number): string => `${items} ${items === 1 ? 'item' : 'items'}`;

const isInvokeUrl = ({ key }: Description['outputs'][number]): boolean => key === 'ApiInvokeUrl';
