import { describe, expect, it } from 'vitest';
import { LocalError } from '../../src/cloudformation/errors.ts';
import type { PlannedResource } from '../../src/cloudformation/plan.ts';
import { startResources } from '../../src/cloudformation/stack.ts';
import { createIam } from '../../src/twin/iam/index.ts';
import { createNetwork } from '../../src/twin/network/index.ts';
import type { Resource, ResourceContext, Services } from '../../src/twin/resource.ts';

const scope = {
  stack: {
    name: 's',
    id: 's',
    region: 'us-east-1',
    accountId: '123456789012',
    partition: 'aws',
    urlSuffix: 'amazonaws.com',
  },
  parameters: new Map(),
  mappings: new Map(),
  condition: () => undefined,
};
// These resources use no service.
const services = { network: createNetwork(), iam: createIam() } as Services;

type Behaviour = (context: ResourceContext, properties: Record<string, unknown>) => Resource | Promise<Resource>;

const resource = (logicalId: string, dependencies: string[], start: Behaviour, properties = {}): PlannedResource => ({
  logicalId,
  owner: `${logicalId} (Test::It)`,
  type: {
    type: 'Test::It',
    schema: { type: 'object' },
    start: (values, context) => start(context as ResourceContext, values),
  },
  properties,
  dependencies: new Set(dependencies),
});

const logging = (log: string[]): Behaviour => {
  return async ({ logicalId }) => {
    log.push(`start ${logicalId}`);
    return { ref: logicalId, attributes: { Arn: `arn:${logicalId}` }, stop: () => void log.push(`stop ${logicalId}`) };
  };
};

const run = (...resources: PlannedResource[]) => startResources({ resources, outputs: new Map() }, scope, services);

describe('a stack', () => {
  it('starts in dependency order, hands references on and stops in reverse', async () => {
    const log: string[] = [];
    const seen: Record<string, unknown>[] = [];
    const noting: Behaviour = (context, values) => {
      seen.push(values);
      return logging(log)(context, values);
    };
    const properties = { A: { Ref: 'A' }, Arn: { 'Fn::GetAtt': ['B', 'Arn'] } };
    const running = await run(
      resource('A', [], logging(log)),
      resource('B', ['A'], logging(log)),
      resource('C', ['A', 'B'], noting, properties),
    );
    expect(seen).toEqual([{ A: 'A', Arn: 'arn:B' }]);
    await running.stop();
    expect(log).toEqual(['start A', 'start B', 'start C', 'stop C', 'stop B', 'stop A']);
    await running.stop();
    expect(log).toHaveLength(6);
  });

  it('starts what is independent at the same time', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = resource('A', [], async () => {
      await promise;
      return { ref: 'A' };
    });
    const releasing = resource('B', [], () => {
      resolve();
      return { ref: 'B' };
    });
    await (await run(waiting, releasing)).stop();
  });

  it('takes everything back if one resource fails, and names it', async () => {
    const log: string[] = [];
    const failing = resource('B', ['A'], () => {
      throw new LocalError('INVALID_PROPERTY', 'property X is bad');
    });
    const started = run(
      resource('A', [], logging(log)),
      failing,
      resource('C', ['B'], logging(log)),
      resource('D', [], logging(log)),
    );
    await expect(started).rejects.toMatchObject({ code: 'INVALID_PROPERTY', message: 'B (Test::It): property X is bad' });
    expect(log).toEqual(['start A', 'start D', 'stop D', 'stop A']);
  });

  it('names the resource of an unexpected failure too, and keeps the cause', async () => {
    const cause = new TypeError('x is undefined');
    const failing = resource('B', [], () => Promise.reject(cause));
    await expect(run(failing)).rejects.toMatchObject({ message: 'B (Test::It) failed to start', cause });
  });

  it('rejects an attribute that a resource has not', async () => {
    const log: string[] = [];
    const using = resource('B', ['A'], logging(log), { P: { 'Fn::GetAtt': ['A', 'Name'] } });
    await expect(run(resource('A', [], logging(log)), using)).rejects.toThrow(
      'B (Test::It): P: A has no attribute Name; it has Arn',
    );
    expect(log).toEqual(['start A', 'stop A']);
  });

  it('goes on deleting after a failure and raises it at the end', async () => {
    const log: string[] = [];
    const stuck = resource('B', ['A'], () => ({ ref: 'B', stop: () => Promise.reject(new Error('stuck')) }));
    const running = await run(resource('A', [], logging(log)), stuck);
    await expect(running.stop()).rejects.toThrow('stuck');
    expect(log).toEqual(['start A', 'stop A']);
  });
});
