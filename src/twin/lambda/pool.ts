import type { Environment, InitResult } from './environment.ts';
import type { Clock } from './lambda.ts';

/** Pool of the execution environments of a function. It assigns invocations to environments and starts further environments. */
export interface Pool {
  /** Number of invocations without a result, waiting or running. */
  readonly active: number;
  /**
   * Takes the most recently used idle environment, or the first one that becomes free or starts. Returns undefined if the pool is
   * stopped meanwhile.
   */
  acquire(): Promise<Acquired | undefined>;
  /** Starts an environment if there is none. */
  startFirst(): void;
  /** Starts an environment for an invocation whose first environment failed in INIT; `initTimeout` in milliseconds. */
  replace(initTimeout: number): Promise<Environment>;
  /**
   * Reports that the environment's invocation has its result. The environment will be free in a moment: an invocation that
   * follows directly waits for it instead of a new process.
   */
  responded(environment: Environment): void;
  /** Returns an environment after its invocation. One that has ended is dropped. */
  release(environment: Environment): void;
  /** Ends each environment as soon as no invocation needs it. Resolves when all have ended. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** An acquired environment, with the result of its INIT on first use. */
export interface Acquired {
  readonly environment: Environment;
  readonly init?: InitResult;
}

interface Idle extends Acquired {
  readonly expiry: NodeJS.Timeout;
}

export interface PoolOptions {
  /** Starts an environment with a timeout of `initTimeout` milliseconds for INIT. */
  start(initTimeout: number): Promise<Environment>;
  /** Maximum number of environments; above it, invocations wait for a free one. */
  readonly maxEnvironments: number;
  /** Maximum number of environments in INIT at the same time. */
  readonly maxStarting: number;
  /** Clock for invocations and starts. */
  readonly clock: Clock;
  /** Milliseconds after which an idle environment is ended. */
  readonly idleTimeout: number;
}

interface Waiter extends PromiseWithResolvers<Acquired | undefined> {
  readonly since: number;
}

/**
 * Creates a pool. On AWS, an invocation without an idle environment starts a new one, at up to 1,000 per 10 seconds. A laptop has
 * few cores: here at most `maxStarting` environments are in INIT, and an invocation takes whichever is free first, a new
 * environment or a used one. No environment is started if a used one is expected within the time of two starts, because a start
 * slows down all others. An invocation that waits longer than that still gets a new one. As a result, fast handlers share few
 * processes, and slow ones run in parallel.
 */
export const createPool = (options: PoolOptions): Pool => {
  const { clock } = options;
  const all = new Set<Environment>();
  const idle: Idle[] = [];
  const returning = new Set<Environment>();
  const beginning = new Set<Promise<Environment>>();
  const waiting: Waiter[] = [];
  const busySince = new Map<Environment, number>();
  /** Recent times of invocations and starts, in milliseconds. */
  const invocationTime = createAverage();
  const startTime = createAverage();
  let stopWaiting: (() => void) | undefined;
  let active = 0;
  let starting = 0;
  let stopped = false;
  let draining = false;

  const hand = (acquired: Acquired): void => {
    const waiter = waiting.shift();
    if (waiter !== undefined) {
      busySince.set(acquired.environment, clock.now());
      waiter.resolve(acquired);
    } else if (draining) void acquired.environment.stop();
    else idle.push({ ...acquired, expiry: setTimeout(expire, options.idleTimeout, acquired.environment).unref() });
  };

  const takeOut = (environment: Environment): boolean => {
    const index = idle.findIndex((one) => one.environment === environment);
    const [found] = index < 0 ? [] : idle.splice(index, 1);
    clearTimeout(found?.expiry);
    return found !== undefined;
  };

  const expire = (environment: Environment): void => {
    if (takeOut(environment)) void environment.stop();
  };

  const start = async (initTimeout: number): Promise<Environment> => {
    const begun = options.start(initTimeout);
    beginning.add(begun);
    const environment = await begun.finally(() => beginning.delete(begun));
    all.add(environment);
    void environment.exited.then(() => {
      all.delete(environment);
      returning.delete(environment);
      busySince.delete(environment);
      takeOut(environment);
      startIfNeeded();
    });
    if (stopped) await environment.stop();
    return environment;
  };

  const startOne = async (): Promise<void> => {
    const begun = clock.now();
    try {
      const environment = await start(initTimeout);
      const init = await environment.initialized;
      startTime.add(clock.now() - begun);
      // A failed INIT is reported by an invocation. If none is waiting, it is ignored.
      if (init.kind === 'ready' || waiting.length > 0) hand({ environment, init });
    } catch (error) {
      const waiter = waiting.shift();
      if (waiter !== undefined) active -= 1;
      waiter?.reject(error);
    }
    starting -= 1;
    startIfNeeded();
  };

  /** Returns false if existing environments are expected to become free before a new one would have started. */
  const isWorthStarting = (): boolean => {
    const [each, start, ready] = [invocationTime.value, startTime.value, all.size + beginning.size - starting];
    return each === undefined || start === undefined || ready < 1 || (waiting.length * each) / ready > worth * start;
  };

  const startIfNeeded = (): void => {
    while (
      !stopped &&
      starting < Math.min(options.maxStarting, waiting.length - returning.size) &&
      all.size + beginning.size < options.maxEnvironments
    ) {
      const longest = worth * (startTime.value ?? 0);
      const waited = clock.now() - (waiting[0]?.since ?? 0);
      if (!isWorthStarting() && waited < longest) {
        // The expected environment may not become free: invocations can even wait for each other.
        stopWaiting ??= clock.startTimer(longest, lookAgain);
        return;
      }
      starting += 1;
      void startOne();
    }
  };

  const lookAgain = (): void => {
    stopWaiting = undefined;
    startIfNeeded();
  };

  return {
    get active() {
      return active - returning.size;
    },
    async acquire() {
      active += 1;
      const last = idle.pop();
      if (last !== undefined) {
        const { expiry, ...acquired } = last;
        clearTimeout(expiry);
        busySince.set(acquired.environment, clock.now());
        return acquired;
      }
      const waiter = { ...Promise.withResolvers<Acquired | undefined>(), since: clock.now() };
      waiting.push(waiter);
      startIfNeeded();
      return waiter.promise;
    },
    startFirst() {
      if (stopped || draining || starting + all.size + beginning.size > 0) return;
      starting += 1;
      void startOne();
    },
    async replace(initTimeout) {
      try {
        return await start(initTimeout);
      } catch (error) {
        active -= 1;
        throw error;
      }
    },
    responded(environment) {
      if (all.has(environment)) returning.add(environment);
    },
    release(environment) {
      active -= 1;
      returning.delete(environment);
      const since = busySince.get(environment);
      if (since !== undefined) invocationTime.add(clock.now() - since);
      busySince.delete(environment);
      if (all.has(environment)) hand({ environment });
    },
    async drain() {
      draining = true;
      for (const { environment } of [...idle]) expire(environment);
      while (all.size + beginning.size + waiting.length > 0) {
        await Promise.race([...[...all].map(({ exited }) => exited), ...beginning]);
      }
    },
    async stop() {
      stopped = true;
      stopWaiting?.();
      for (const { environment } of [...idle]) takeOut(environment);
      for (const waiter of waiting.splice(0)) waiter.resolve(undefined);
      // Environments that are about to start are not in `all` yet and would outlive their function.
      const begun = (await Promise.allSettled(beginning)).flatMap((start) =>
        start.status === 'fulfilled' ? start.value : [],
      );
      await Promise.all([...all, ...begun].map((environment) => environment.stop()));
    },
  };
};

/** Maximum waiting time of an invocation before a new environment is started, as a multiple of the start time. */
const worth = 2;

/** Creates an exponential moving average. */
const createAverage = () => {
  let value: number | undefined;
  return {
    get value() {
      return value;
    },
    add(next: number): void {
      value = value === undefined ? next : 0.8 * value + 0.2 * next;
    },
  };
};

/** Lambda's timeout of INIT before the first invocation, in milliseconds. */
const initTimeout = 10_000;
