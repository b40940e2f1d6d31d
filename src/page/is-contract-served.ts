import { operations } from '../contract/operations.ts';
import type { Description } from '../twin/index.ts';

/** Returns true if there is a method for every operation of the contract. Templates of other APIs lack some. */
export const isContractServed = (methods: Description['methods']): boolean =>
  operations.every(({ method, path }) =>
    methods.some(({ httpMethod, resourcePath }) => httpMethod === method && resourcePath === path),
  );
