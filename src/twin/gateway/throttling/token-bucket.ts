/** Limits of requests: `rateLimit` per second on average, `burstLimit` at once. */
export interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** Takes a token. Returns false if there is none. */
export type TokenBucket = () => boolean;

/**
 * Creates a bucket that is full at first and gets `rateLimit` tokens a second, up to `burstLimit`. If either limit is 0, no
 * request passes. `now` is a monotonic clock in milliseconds.
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

/** Fractions of a token added one by one may not sum up to 1 in floating point. */
const wholeToken = 1 - 1e-6;
