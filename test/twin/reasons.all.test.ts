import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RequestRecord } from '../../src/twin/gateway/record.ts';
import { type Stack, start } from '../../src/twin/index.ts';

const changed = (text: string, from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

let stack: Stack;
const records: RequestRecord[] = [];
beforeAll(async () => {
  const statement = (action: string) =>
    `- Sid: UseTableFromThisVpc\n                Effect: Allow\n                Action: ${action}`;
  let text = readFileSync('template.yaml', 'utf8');
  text = changed(text, statement('dynamodb:GetItem'), statement('dynamodb:GetItem').replace('Allow', 'Deny'));
  text = changed(text, statement('dynamodb:Scan'), statement('dynamodb:Query'));
  stack = await start(text, {
    parameters: { AuthorizationType: 'NONE' },
    onRequest: (record) => records.push(record),
  });
});
afterAll(() => stack.stop());

const ask = async (path: string, init?: RequestInit): Promise<RequestRecord | undefined> => {
  await (await fetch(`${stack.stages[0]?.url}${path}`, init)).arrayBuffer();
  return records.at(-1);
};

it('names the statement that denies a call of DynamoDB, and the policies of which none allows it', async () => {
  expect(await ask('/items/lamp')).toMatchObject({
    status: 500,
    reason:
      'DynamoDB GetItem: AccessDeniedException: statement "UseTableFromThisVpc" of the policy GetItem of GetItemRole denies dynamodb:GetItem on ItemsTable',
  });
  expect(await ask('/items')).toMatchObject({
    status: 500,
    reason: expect.stringMatching(
      /^DynamoDB Scan: AccessDeniedException: no statement of the \d policies of ListItemsRole allows dynamodb:Scan on ItemsTable$/,
    ),
  });
});

it('parts the time, and marks a cold start', async () => {
  const create = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' };
  const first = await ask('/items', create);
  expect(first).toMatchObject({ status: 201, parts: { coldStart: expect.any(Number), dynamoDb: expect.any(Number) } });
  const second = await ask('/items', create);
  expect(second?.parts).not.toHaveProperty('coldStart');
  for (const { parts, latency } of records)
    expect(parts.gateway + (parts.function ?? 0) + (parts.dynamoDb ?? 0)).toBe(latency);
  expect(first?.reason).toBeUndefined();
});
