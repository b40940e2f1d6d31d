import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ObservedRequest, type Stack, type StackEvent, start } from '../../src/twin/index.ts';
import { typescript } from '../editions.ts';

const statement = (effect: string, action: string): string =>
  `- Sid: UseTableFromThisVpc\n                Effect: ${effect}\n                Action: ${action}`;
const template = readFileSync('template.yaml', 'utf8').replace(
  statement('Allow', 'dynamodb:DeleteItem'),
  statement('Deny', 'dynamodb:DeleteItem'),
);

let stack: Stack;
const events: StackEvent[] = [];
let stopObserving: () => void;
beforeAll(async () => {
  stack = await start(template, typescript.options);
  stopObserving = stack.observe((event) => events.push(event));
});
afterAll(() => stack?.stop());

/** Sends a request, and returns what an observer is told of it. */
const seen = async (method: string, path: string, { headers = {}, body }: RequestInit = {}): Promise<ObservedRequest> => {
  const response = await fetch(`${stack.stages[0]?.url}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
  });
  await response.arrayBuffer();
  const requests = events.flatMap((event) => (event.type === 'request' ? event.request : []));
  const found = requests.find(({ requestId }) => requestId === response.headers.get('x-amzn-requestid'));
  if (found === undefined) throw new Error('nothing was told');
  return found;
};

const step = ({ trail }: ObservedRequest, name: string) => trail.find((one) => one.name === name);

describe('an observer', () => {
  it('is told first what the stack is', () => {
    expect(events[0]).toMatchObject({
      type: 'stack',
      stack: {
        name: 'items-local',
        region: 'us-east-1',
        parameters: expect.arrayContaining([{ name: 'AuthorizationType', value: 'NONE' }]),
        resources: expect.arrayContaining([
          { logicalId: 'ItemsTable', type: 'AWS::DynamoDB::Table', physicalId: 'items-dev' },
        ]),
        outputs: expect.arrayContaining([expect.objectContaining({ key: 'TableName', value: 'items-dev' })]),
      },
    });
  });

  it('is told both tags of a 412', async () => {
    const create = await seen('POST', '/items', { body: '{"id":"lamp"}' });
    const first = create.response.headers.find(([name]) => name === 'ETag')?.[1] ?? '';
    const update = await seen('PUT', '/items/lamp', { body: '{}' });
    const second = update.response.headers.find(([name]) => name === 'ETag')?.[1] ?? '';
    const stale = await seen('PUT', '/items/lamp', { body: '{}', headers: { 'If-Match': first } });
    expect(stale.status).toBe(412);
    expect(step(stale, 'DynamoDB')).toMatchObject({
      outcome: 'denied',
      text: `UpdateItem on items-dev: ConditionalCheckFailedException; the condition attribute_exists(id) AND writeId IN (${first}) is false; the item has id = "lamp", writeId = ${second}`,
    });
    expect(step(stale, 'Response')).toMatchObject({ outcome: 'failed', text: `412: ${stale.reason}` });
  });

  it('is told the statement that denies, with the words of the line', async () => {
    const denied = await seen('DELETE', '/items/lamp');
    expect(step(denied, 'IAM')).toEqual({
      name: 'IAM',
      outcome: 'denied',
      text: 'statement "UseTableFromThisVpc" of the policy DeleteItem of DeleteItemRole denies dynamodb:DeleteItem on ItemsTable',
    });
    expect(denied.reason).toContain(step(denied, 'IAM')?.text);
  });

  it('can join the lines of a request, and follow its environment', async () => {
    const { invocation, extendedRequestId } = await seen('GET', '/items/lamp');
    const lines = events.flatMap((event) => (event.type === 'log' ? event.log : []));
    const of = (id: string | undefined) => lines.filter(({ origin }) => origin.requestId === id).map(({ source }) => source);
    expect(of(extendedRequestId)).toEqual(['access']);
    expect(of(invocation?.requestId)).toEqual(expect.arrayContaining(['platform', 'function']));
    expect(lines).toContainEqual(
      expect.objectContaining({ source: 'platform', origin: { environment: invocation?.environment } }),
    );
    const states = events.flatMap((event) =>
      event.type === 'environment' && event.environment.id === invocation?.environment ? event.environment : [],
    );
    expect(states.slice(0, 3).map(({ state, requests }) => `${state} ${requests}`)).toEqual([
      'starting 0',
      'frozen 0',
      'running 1',
    ]);
  });

  it('is told of an update, and of nothing once it has ended', async () => {
    await stack.update(template.replace('Base URL of the API', 'Where the API is'));
    expect(events.at(-1)).toMatchObject({
      type: 'stack',
      stack: { outputs: expect.arrayContaining([expect.objectContaining({ description: 'Where the API is' })]) },
    });
    stopObserving();
    const { length } = events;
    await (await fetch(`${stack.stages[0]?.url}/items/lamp`)).arrayBuffer();
    expect(events).toHaveLength(length);
  });

  it('is told of environments that there are when it begins', async () => {
    const late: StackEvent[] = [];
    stack.observe((event) => late.push(event))();
    expect(late.map(({ type }) => type).slice(0, 2)).toEqual(['stack', 'environment']);
  });
});

it('masks parameters with NoEcho, as CloudFormation does', async () => {
  const parameter = '\nParameters:\n  Secret:\n    Type: String\n    NoEcho: true\n    Default: hidden\n';
  const secret = template.replace('\nParameters:\n', parameter);
  const other = await start(secret, typescript.options);
  let told = '';
  other.observe((event) => {
    if (event.type === 'stack') told = JSON.stringify(event.stack.parameters);
  });
  await other.stop();
  expect(told).toContain('{"name":"Secret","value":"****"}');
});
