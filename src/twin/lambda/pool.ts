import type { Environment, InitResult } from './environment.ts';
import type { Clock } from './lambda.ts';

/** The execution environments of a function: which one serves an invocation, and when another one starts. */
export interface Pool {
  /** Number of invocations without a result: those that wait for an environment, and those that run in one. */
  readonly active: number;
  /**
   * Takes an idle environment, the most recently used first, or the first that becomes free or starts.
   * Nothing if the pool is stopped meanwhile.
   */
  acquire(): Promise<Acquired | undefined>;
  /** Starts an environment if there is none. */
  startFirst(): void;
  /** Starts an environment for an invocation whose first one failed in INIT; `initTimeout` in milliseconds. */
  replace(initTimeout: number): Promise<Environment>;
  /**
   * The environment's invocation has its result, so that the environment will be free in a moment: an invocation that comes
   * right after it waits for that rather than for a new process.
   */
  responded(environment: Environment): void;
  /** Gives back the environment of an invocation that is over; one that has ended is let go. */
  release(environment: Environment): void;
  /** Ends each environment as soon as no invocation needs it. Settles when all have ended. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/** An environment to use and, if nobody has used it, how its INIT went. */
export interface Acquired {
  readonly environment: Environment;
  readonly init?: InitResult;
}

interface Idle extends Acquired {
  readonly expiry: NodeJS.Timeout;
}

export interface PoolOptions {
  /** Starts an environment that has `initTimeout` milliseconds for INIT. */
  start(initTimeout: number): Promise<Environment>;
  /** Environments at most; beyond it invocations wait for a free one. */
  readonly maxEnvironments: number;
  /** Environments in INIT at the same time at most. */
  readonly maxStarting: number;
  /** Measures invocations and starts. */
  readonly clock: Clock;
  /** Milliseconds after which an environment that no invocation takes is ended. */
  readonly idleTimeout: number;
}

interface Waiter extends PromiseWithResolvers<Acquired | undefined> {
  readonly since: number;
}

/**
 * On AWS an invocation that finds no idle environment starts one, at up to 1,000 per 10 seconds. A laptop has few cores: here at
 * most `maxStarting` are in INIT, and an invocation takes whichever comes first, a new environment or one that another invocation
 * leaves. None is started for invocations that can expect one of the latter within the time of two starts, as a start slows down
 * all others; one that waits for longer gets it all the same. So handlers that return at once share few processes, and slow ones still run side by side.
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
      // A failed INIT is for an invocation to report; if none waits any more it is forgotten.
      if (init.kind === 'ready' || waiting.length > 0) hand({ environment, init });
    } catch (error) {
      const waiter = waiting.shift();
      if (waiter !== undefined) active -= 1;
      waiter?.reject(error);
    }
    starting -= 1;
    startIfNeeded();
  };

  /** False if those who wait can expect environments that are there before another one would have started. */
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
        // What was expected need not come: invocations may even wait for one another.
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
      // Environments that are only beginning to start are not in `all` yet, and would outlive their function.
      const begun = (await Promise.allSettled(beginning)).flatMap((start) =>
        start.status === 'fulfilled' ? start.value : [],
      );
      await Promise.all([...all, ...begun].map((environment) => environment.stop()));
    },
  };
};

/** Time that an invocation waits rather than have an environment started, as a multiple of the time of a start. */
const worth = 2;

/** A mean in which what was added last counts most. */
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

/** Time that Lambda gives INIT before the first invocation, in milliseconds. */
const initTimeout = 10_000;
