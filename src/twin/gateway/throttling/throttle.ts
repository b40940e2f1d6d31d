import type { MethodSetting } from '../configuration.ts';
import { type Failure, failure } from '../failure.ts';
import { createTokenBucket, type Throttle, type TokenBucket } from './token-bucket.ts';

/** A method of an API, as method settings name it. */
export interface ThrottledMethod {
  /** Resource path, such as `/items/{id}`. */
  readonly resourcePath: string;
  /** `GET`, or `ANY`. */
  readonly httpMethod: string;
}

/** Limits of an account for all its APIs in a region, without a quota increase. */
export const accountThrottle: Throttle = { rateLimit: 10_000, burstLimit: 5000 };

/** Throttling of a stage. */
export interface StageThrottle {
  readonly settings: readonly MethodSetting[];
  /** Token bucket of the account, shared by all stages. */
  readonly account: TokenBucket;
  /** Limits of the methods called so far. They apply to each method separately, even if one setting names all methods. */
  readonly methods: Map<ThrottledMethod, MethodThrottle>;
}

/** Throttling of a method in its stage. */
export interface MethodThrottle {
  /** Absent if the stage does not limit the method. */
  readonly limits?: Throttle;
  readonly bucket: TokenBucket;
}

/** Takes a token of the method in its stage, then one of the account. Returns a throttling failure if either has none. */
export const throttleRequest = (throttle: StageThrottle, method: ThrottledMethod): Failure | undefined => {
  const { bucket, limits } = methodThrottle(throttle, method);
  if (!bucket()) return throttled(`the stage's limit of ${method.httpMethod} ${method.resourcePath}`, limits);
  return throttle.account() ? undefined : throttled("the account's limit of all requests", accountThrottle);
};

/** Returns the throttling of a method in its stage. The bucket is full at first. */
export const methodThrottle = ({ settings, methods }: StageThrottle, method: ThrottledMethod): MethodThrottle => {
  const known = methods.get(method);
  if (known !== undefined) return known;
  const limits = limitsOf(method, settings);
  const created = limits ? { limits, bucket: createTokenBucket(limits) } : { bucket: unlimited };
  methods.set(method, created);
  return created;
};

/** Creates the failure of a throttled request. */
export const throttled = (subject: string, { rateLimit, burstLimit }: Partial<Throttle> = {}): Failure =>
  failure('THROTTLED', { explanation: `over ${subject}: ${rateLimit} requests per second, burst ${burstLimit}` });

/**
 * Returns the limits of a method; undefined if the settings contain none. The most specific setting wins. AWS documents settings
 * for a method and for all methods (`/*`, `*`); the twin also supports all methods of a path, and one HTTP method of all paths.
 * If a setting lacks a limit, the next setting with it applies, then the limit of the account.
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

/** Decodes `/~1items~1{id}`, as documented, or `/items/{id}`, as in many templates. */
const decodePath = (path: string): string =>
  path === '*' ? '/*' : `/${path.replaceAll('~1', '/').replaceAll('~0', '~').replace(/^\/+/, '')}`;

const unlimited: TokenBucket = () => true;
