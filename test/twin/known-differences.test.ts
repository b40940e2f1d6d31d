import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../src/cloudformation/json.ts';
import { notActedOn } from '../../src/twin/check/known-differences.ts';
import { user } from '../../src/twin/iam/identity.ts';
import { assumeRole } from '../../src/twin/iam/index.ts';
import { start } from '../../src/twin/index.ts';
import type { ResourceType, Services } from '../../src/twin/resource.ts';
import { resourceTypes } from '../../src/twin/resources/index.ts';
import { call } from './dynamodb/client.ts';
import { type SchemaPath, schemaPaths } from './schema-paths.ts';

/** What the twin did with the properties of a type. */
interface Use {
  /** Paths that the sample has. */
  readonly given: Set<string>;
  /** Paths that a resource or a service has looked at. */
  readonly read: Set<string>;
}

const uses = new Map<string, Use>([...resourceTypes.keys()].map((type) => [type, { given: new Set(), read: new Set() }]));
const pathsByType = new Map([...resourceTypes].map(([type, { schema }]) => [type, schemaPaths(schema)]));

beforeAll(async () => {
  let services: Services | undefined;
  for (const resourceType of resourceTypes.values()) {
    watched(resourceType, (given) => {
      services = given;
    });
  }
  const stack = await start(readFileSync(new URL('known-differences.yaml', import.meta.url), 'utf8'), {
    region: 'eu-west-1',
    code: { FunctionInS3: import.meta.dirname },
    jwks: join(import.meta.dirname, 'jwks.json'),
  });
  try {
    if (services) await use(services);
  } finally {
    await stack.stop();
  }
});

describe.each([...resourceTypes.keys()])('%s', (type) => {
  const { given, read } = uses.get(type) ?? { given: new Set(), read: new Set() };
  const paths = pathsByType.get(type) ?? [];
  const leaves = paths.filter(({ isLeaf }) => isLeaf);
  const listed = Object.keys({ ...notActedOn['*'], ...notActedOn[type] });
  const isListed = ({ path }: SchemaPath): boolean => listed.some((entry) => path === entry || path.startsWith(`${entry}.`));

  it('has all its properties in the sample', () => {
    expect(leaves.map(({ path }) => path).filter((path) => !given.has(path))).toEqual([]);
  });

  it('acts on every property, or says in the list that it does not', () => {
    const ignored = leaves.filter((leaf) => !read.has(leaf.path) && !leaf.isFixed && !isListed(leaf));
    expect(ignored.map(({ path }) => path)).toEqual([]);
  });

  it('does not act on what the list says it does not', () => {
    expect(leaves.filter((leaf) => isListed(leaf) && (read.has(leaf.path) || leaf.isFixed)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

describe('the list', () => {
  it('names types and paths that there are', () => {
    const everywhere = new Set([...pathsByType.values()].flat().map(({ path }) => path));
    const unknown = Object.entries(notActedOn).flatMap(([type, entries]) => {
      const known = type === '*' ? everywhere : new Set(pathsByType.get(type)?.map(({ path }) => path));
      return Object.keys(entries).filter((path) => !known.has(path) || (type !== '*' && path in (notActedOn['*'] ?? {})));
    });
    expect(unknown).toEqual([]);
  });

  it('gives short reasons', () => {
    for (const reason of Object.values(notActedOn).flatMap(Object.values)) expect(reason).toMatch(/^.{5,90}[^.]$/);
  });
});

/** Lets the services look at what resources handed over as it is: policies and the properties of tables. */
async function use({ dynamodb, iam, network }: Services): Promise<void> {
  const [subnet] = [...network.subnets.values()].filter(({ cidr }) => cidr.first === 0x0a_00_02_00);
  const [group] = [...network.securityGroups.values()].filter(({ groupName }) => groupName === 'functions');
  const inside = await dynamodb.endpointFor({ subnetIds: [subnet?.id ?? ''], securityGroupIds: [group?.id ?? ''] });
  const [role] = iam.roles.values();
  const session = assumeRole(iam, role?.arn ?? '', { sessionName: 'hello' });
  expect(await call(inside, 'DescribeTable', { TableName: 'items' }, session)).toMatchObject({ status: 200 });
  const everything = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } as const;
  const administrator = user({ partition: 'aws', accountId: '123456789012' }, 'administrator', everything);
  const credentials = iam.credentials.issueLongTerm(administrator);
  const backups = await call(dynamodb.endpoint, 'DescribeContinuousBackups', { TableName: 'items' }, credentials);
  expect(backups).toMatchObject({ status: 200 });
  const timeToLive = await call(dynamodb.endpoint, 'DescribeTimeToLive', { TableName: 'items' }, credentials);
  expect(timeToLive).toMatchObject({ status: 200 });
}

/** Replaces `start` by one that tells which properties are given and read. */
function watched(resourceType: ResourceType, onStart: (services: Services) => void): void {
  const { start: original, type } = resourceType;
  const { given, read } = uses.get(type) ?? { given: new Set(), read: new Set() };
  Object.assign(resourceType, {
    start: (properties: JsonObject, context: Parameters<ResourceType['start']>[1]) => {
      onStart(context.services);
      for (const path of pathsIn(properties)) given.add(path);
      return original(recorded(properties, '', read) as JsonObject, context);
    },
  });
}

/** Paths of everything in a value, as `schemaPaths` writes them. */
function pathsIn(value: Json, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => pathsIn(item, path));
  const below = isObject(value)
    ? Object.entries(value).flatMap(([name, item]) => pathsIn(item, path === '' ? name : `${path}.${name}`))
    : [];
  return [path, ...below];
}

/**
 * A copy whose members note that they are read. Getters, since proxies cannot be cloned. Serialization reads all, as whatever is
 * sent to the database is; but a policy is serialized to be measured only.
 */
function recorded(value: Json, path: string, read: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  for (const [name, item] of Object.entries<Json>(value)) {
    const at = Array.isArray(value) ? path : path === '' ? name : `${path}.${name}`;
    Object.defineProperty(copy, name, {
      enumerable: true,
      get: () => {
        read.add(at);
        return recorded(item, at, read);
      },
    });
  }
  return Object.defineProperty(copy, 'toJSON', {
    value: () => {
      if (!path.includes('PolicyDocument')) for (const below of pathsIn(value, path)) read.add(below);
      return value;
    },
  });
}
