import { type Operation, operations } from '../src/contract/operations.ts';

/** The operations on items. */
export const operationNames = ['CreateItem', 'ListItems', 'GetItem', 'UpdateItem', 'DeleteItem'] as const;

export type OperationName = (typeof operationNames)[number];

/** Returns the operation with this name in the contract. */
export const operationCalled = (name: OperationName): Operation => {
  const operation = operations.find((one) => one.name === name);
  if (operation === undefined) throw new Error(`${name} is no operation of the contract`);
  return operation;
};

/** An item slightly smaller than 1 KB, the unit in which writes are charged, in every format in which it is stored. */
export const item = {
  name: 'Table lamp',
  description: 'A lamp for a desk or a bedside table, with a shade of linen and a foot of oak. '.repeat(6).trim(),
  price: 49.9,
  currency: 'EUR',
  inStock: true,
  tags: ['lamp', 'oak', 'linen', 'indoor'],
  dimensions: { height: 42, width: 21.5, depth: 21.5, unit: 'cm' },
  supplier: { name: 'Example Lighting', country: 'DE', contact: 'orders@lighting.example' },
};

/**
 * Returns the event that API Gateway sends to the function of this operation on one item. Without `id`, the body of CreateItem
 * has none either, so the function generates one. A page has 25 items.
 */
export const eventOf = (name: OperationName, id?: string): object => {
  const { method, path } = operationCalled(name);
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    Host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
    'User-Agent': 'bench',
    'X-Forwarded-For': '192.0.2.1',
    'X-Forwarded-Proto': 'https',
  };
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
  const hasId = path.includes('{id}');
  const query = name === 'ListItems' ? { limit: '25' } : null;
  const actual = path.replace('{id}', String(id));
  return {
    resource: path,
    path: actual,
    httpMethod: method,
    headers,
    multiValueHeaders: arrays(headers),
    queryStringParameters: query,
    multiValueQueryStringParameters: query && arrays(query),
    pathParameters: hasId ? { id } : null,
    stageVariables: null,
    requestContext: {
      resourcePath: path,
      path: `/v1${actual}`,
      httpMethod: method,
      stage: 'v1',
      requestId: '0b8f2f6e-5a0c-4f0e-8a3d-7e1c5d9b2a41',
      identity: { sourceIp: '192.0.2.1', userAgent: 'bench', userArn: null, apiKeyId: null },
    },
    body: hasBody ? JSON.stringify(method === 'POST' && id !== undefined ? { id, ...item } : item) : null,
    isBase64Encoded: false,
  };
};

const arrays = (values: Readonly<Record<string, string>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
