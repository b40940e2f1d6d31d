import type { MethodSetting } from '../configuration.ts';
import { type Failure, failure } from '../failure.ts';
import { createTokenBucket, type Throttle, type TokenBucket } from './token-bucket.ts';

/** A method of an API, as settings name it. */
export interface ThrottledMethod {
  /** Resource path, such as `/items/{id}`. */
  readonly resourcePath: string;
  /** `GET`, or `ANY`. */
  readonly httpMethod: string;
}

/** Requests that an account may make of all its APIs of a region, unless a quota increase was granted. */
export const accountThrottle: Throttle = { rateLimit: 10_000, burstLimit: 5000 };

/** Throttling of a stage. */
export interface StageThrottle {
  readonly settings: readonly MethodSetting[];
  /** Token bucket of the account, which all stages share. */
  readonly account: TokenBucket;
  /** Limits of the methods that were called. They apply to each method by itself, even where one setting names all of them. */
  readonly methods: Map<ThrottledMethod, MethodThrottle>;
}

/** Throttling of a method by its stage. */
export interface MethodThrottle {
  /** Absent if the stage does not limit the method. */
  readonly limits?: Throttle;
  readonly bucket: TokenBucket;
}

/** Takes a token of the stage for a method, then one of the account; a throttle response if one of them has none. */
export const throttleRequest = (throttle: StageThrottle, method: ThrottledMethod): Failure | undefined => {
  const { bucket, limits } = methodThrottle(throttle, method);
  if (!bucket()) return throttled(`the stage's limit of ${method.httpMethod} ${method.resourcePath}`, limits);
  return throttle.account() ? undefined : throttled("the account's limit of all requests", accountThrottle);
};

/** Returns the throttling of a method by its stage, which begins with a full bucket. */
export const methodThrottle = ({ settings, methods }: StageThrottle, method: ThrottledMethod): MethodThrottle => {
  const known = methods.get(method);
  if (known !== undefined) return known;
  const limits = limitsOf(method, settings);
  const created = limits ? { limits, bucket: createTokenBucket(limits) } : { bucket: unlimited };
  methods.set(method, created);
  return created;
};

/** The failure of a request for which there is no token. */
export const throttled = (subject: string, { rateLimit, burstLimit }: Partial<Throttle> = {}): Failure =>
  failure('THROTTLED', { explanation: `over ${subject}: ${rateLimit} a second, ${burstLimit} at once` });

/**
 * The limits that settings give a method, undefined if they give none. The most specific setting wins: AWS documents one for a
 * method and one for all methods (`/*`, `*`); here one may also name all methods of a path, or a verb of all paths. A limit that a
 * setting does not have is that of the next, in the end that of the account.
 */
export const limitsOf = (
  { resourcePath, httpMethod }: ThrottledMethod,
  settings: readonly MethodSetting[],
): Throttle | undefined => {
  const names = [
    [resourcePath, httpMethod],
    [resourcePath, '*'],
    ['/*', httpMethod],
    ['/*', '*'],
  ] as const;
  const applying = names.flatMap(
    ([path, method]) => settings.findLast((one) => decodePath(one.resourcePath) === path && one.httpMethod === method) ?? [],
  );
  const rateLimit = applying.find((one) => one.throttlingRateLimit !== undefined)?.throttlingRateLimit;
  const burstLimit = applying.find((one) => one.throttlingBurstLimit !== undefined)?.throttlingBurstLimit;
  return rateLimit === undefined && burstLimit === undefined
    ? undefined
    : { rateLimit: rateLimit ?? accountThrottle.rateLimit, burstLimit: burstLimit ?? accountThrottle.burstLimit };
};

/** `/~1items~1{id}`, as the documentation has it, or `/items/{id}`, as many templates write it. */
const decodePath = (path: string): string =>
  path === '*' ? '/*' : `/${path.replaceAll('~1', '/').replaceAll('~0', '~').replace(/^\/+/, '')}`;

const unlimited: TokenBucket = () => true;
