/** Limits of requests: `rateLimit` a second in the long run, `burstLimit` at once. */
export interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** Takes a token; false if there is none. */
export type TokenBucket = () => boolean;

/**
 * A bucket that is full at first and gets `rateLimit` tokens a second, up to `burstLimit`. A limit of 0 lets nothing pass,
 * whatever the other says. `now` is a clock that never goes back, in milliseconds.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export const createTokenBucket = (
  { rateLimit, burstLimit }: Throttle,
  now: () => number = () => performance.now(),
): TokenBucket => {
  if (rateLimit === 0) {
    return () => false;
  }
  let tokens = burstLimit;
  let filledAt = now();
  return () => {
    const time = now();
    tokens = Math.min(burstLimit, tokens + ((time - filledAt) / 1000) * rateLimit);
    filledAt = time;
    if (tokens < wholeToken) {
      return false;
    }
    tokens = Math.max(0, tokens - 1);
    return true;
  };
};

/** Parts of a token that were added one by one need not make 1 in floating point. */
const wholeToken = 1 - 1e-6;
