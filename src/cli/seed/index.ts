import { LocalError } from '../../cloudformation/errors.ts';
import { isContractServed } from '../../page/is-contract-served.ts';
import type { Description } from '../../twin/index.ts';
import type { Reporter } from '../local/reporter.ts';
import { createItems } from './create-items.ts';
import type { SeedLine } from './seed-file.ts';

export { readSeedFile } from './seed-file.ts';

/** Throws a LocalError if the items of `--seed` cannot be created in a stack. */
export const checkSeedable = (stack: Description): void => {
  const fault = (message: string): LocalError => new LocalError('INVALID_PARAMETER', message);
  const { apiKey, apiKeys } = stack;
  const stage = servingStage(stack);
  if (stage === undefined) {
    throw fault(
      '--seed writes items of the Items API, and this template does not serve all of its operations: leave --seed out',
    );
  }
  const post = stage.methods.find(({ httpMethod, resourcePath }) => httpMethod === 'POST' && resourcePath === '/items');
  if (post?.authorizationType === 'COGNITO_USER_POOLS') {
    const remedy = 'start once with --parameter AuthorizationType=NONE on the same data folder';
    throw fault(
      `--seed has no token for POST /items, which requires a token of a user pool: it works with AuthorizationType NONE or AWS_IAM; ${remedy}`,
    );
  }
  if (post?.apiKeyRequired && apiKey === undefined) {
    const [disabled] = apiKeys;
    const remedy = disabled ? `set Enabled of ${disabled.logicalId} to true` : 'declare an AWS::ApiGateway::ApiKey';
    throw fault(`--seed has no enabled API key for POST /items: ${remedy}`);
  }
};

/** Items to create. */
export interface Items {
  readonly file: string;
  readonly lines: readonly SeedLine[];
  /** User-Agent that identifies the requests of the seeding. */
  readonly userAgent: string;
}

/** Creates the items of a file through the API, and reports the result. Returns early when the signal is aborted. */
export const seed = async (
  stack: Description,
  { file, lines, userAgent }: Items,
  { signal, reporter }: { readonly signal: AbortSignal; readonly reporter: Reporter },
): Promise<void> => {
  const onThrottled = (): void => reporter.note(`--seed is throttled and goes on more slowly: ${faster}`);
  try {
    const url = new URL(`${servingStage(stack)?.url}/items`);
    const { written, existing, stopped } = await createItems(stack, url, lines, { signal, userAgent, onThrottled });
    const done = `seeded ${count(written)}, ${existing} existed already (${file})`;
    if (stopped === undefined) reporter.note(done);
    else {
      const isFaulty = /^4(?:00|13|15|22) /.test(stopped.reason);
      const remedy = `${isFaulty ? 'correct it and start' : 'start'} again, which skips what exists`;
      const message = `seeding stopped at line ${stopped.line} of ${file}: ${stopped.reason}; ${done}; ${remedy}`;
      reporter.error(new LocalError('INVALID_PARAMETER', message));
    }
  } catch (error) {
    if (!signal.aborted) reporter.error(error);
  }
};

const faster = 'raise --parameter ThrottlingRateLimit and ThrottlingBurstLimit to have it faster';

const count = (items: number): string => `${items} ${items === 1 ? 'item' : 'items'}`;

const servingStage = ({ stages }: Description): Description['stages'][number] | undefined =>
  stages.find(({ methods }) => isContractServed(methods));
