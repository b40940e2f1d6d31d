import type { Callback } from './dynalite-modules.ts';

/** Resolves with what a function of dynalite calls back with. */
export const promised = <Result>(run: (callback: Callback<Result>) => void): Promise<Result | undefined> =>
  new Promise((resolve, reject) => run((error, result) => (error ? reject(error) : resolve(result))));
