import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { caller, createFixture, type Fixture } from './fixture.ts';

const fixtures: Fixture[] = [];
const fixture = (concurrentExecutions?: number): Fixture => {
  const made = createFixture(concurrentExecutions === undefined ? {} : { concurrentExecutions });
  fixtures.push(made);
  return made;
};
afterAll(() => Promise.all(fixtures.map(({ lambda }) => lambda.stop())));

const throttled = { kind: 'rejected', error: 'TooManyRequestsException' };
const one = 'exports.lambda_handler = async () => 1';

describe('reserved concurrency', () => {
  it('is the most that a function gets', async () => {
    const { lambda, create } = fixture();
    const arn = create('reserved', one, { reservedConcurrentExecutions: 1 });
    const first = lambda.invoke(arn, '{}', caller);
    expect(await lambda.invoke(arn, '{}', caller)).toEqual(throttled);
    expect(await first).toMatchObject({ kind: 'payload', payload: '1' });
  });

  it('is free again once the result is there', async () => {
    const { create, invoke } = fixture();
    const arn = create('one-by-one', one, { reservedConcurrentExecutions: 1 });
    for (let count = 0; count < 20; count++) expect(await invoke(arn)).toEqual({ value: 1 });
  });

  it('of 0 throttles every invocation', async () => {
    const { lambda, create, events } = fixture();
    const arn = create('off', one, { reservedConcurrentExecutions: 0 });
    expect(await lambda.invoke(arn, '{}', caller)).toEqual(throttled);
    expect(events).toEqual([]);
  });

  it('is not to be had by other functions, nor do they take from it', async () => {
    const { lambda, create } = fixture(102);
    const reserved = create('mine', one, { reservedConcurrentExecutions: 2 });
    const slow = 'exports.lambda_handler = () => new Promise((resolve) => setTimeout(resolve, 60000))';
    const other = create('other', slow, { timeout: 60 });
    const others = Array.from({ length: 100 }, () => lambda.invoke(other, '{}', caller));
    expect(await lambda.invoke(other, '{}', caller)).toEqual(throttled);
    expect(await lambda.invoke(reserved, '{}', caller)).toMatchObject({ payload: '1' });
    await lambda.deleteFunction('other');
    await Promise.all(others);
  });

  it('leaves 100 to functions that reserve none, or the function is rejected', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(amounts, (reservations) => {
        const { create } = fixture();
        let left = 1000;
        for (const [index, reservedConcurrentExecutions] of reservations.entries()) {
          const accepted = reservedConcurrentExecutions === 0 || left - reservedConcurrentExecutions >= 100;
          const attempt = (): string => create(`f${index}`, one, { reservedConcurrentExecutions });
          if (accepted) {
            attempt();
            left -= reservedConcurrentExecutions;
          } else {
            expect(attempt).toThrow("decreases account's UnreservedConcurrentExecution below its minimum value of [100]");
          }
        }
      }),
    );
  });

  it('is free again once its function is deleted', async () => {
    const { lambda, create } = fixture();
    create('first', one, { reservedConcurrentExecutions: 900 });
    expect(() => create('second', one, { reservedConcurrentExecutions: 1 })).toThrow(
      /^Function second: Specified .*Reserve less for the other functions, or nothing for this one\.$/,
    );
    await lambda.deleteFunction('first');
    expect(() => create('third', one, { reservedConcurrentExecutions: 901 })).toThrow(/Reserve 900 or fewer\.$/);
    create('fourth', one, { reservedConcurrentExecutions: 900 });
  });
});
