import { once } from 'node:events';
import { request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { methods } from '../../src/docs/idle-cost.ts';
import { logs, request, requestsPerSecond, stack, traceSamplingRate } from '../../src/docs/workload.ts';
import { itemSize } from '../../src/local/dynamodb/item-size.ts';
import { type Stack, start } from '../../src/local/index.ts';
import type { LogEvent } from '../../src/local/logs.ts';
import { editions } from '../../src/stack/editions.ts';
import { buildExtras } from '../../src/stack/extras/template.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { typescript } from '../editions.ts';

/** What makes an item of 1 KB in the table, with what the server adds. */
const attributes = { name: 'x'.repeat(90), note: 'y'.repeat(700) };
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const invocations = 8;

let running: Stack | undefined;
const lines: LogEvent[] = [];
const complete = Promise.withResolvers<void>();
const sizes: { headers: number; body: number }[] = [];

const post = async (url: string): Promise<{ headers: number; body: number }> => {
  const body = JSON.stringify(attributes);
  const outgoing = send(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Content-Length': body.length, 'User-Agent': userAgent },
  }).end(body);
  const [response] = await once(outgoing, 'response');
  const raw: readonly string[] = response.rawHeaders;
  return { headers: raw.reduce((sum, part) => sum + part.length + 2, 0), body: (await text(response)).length };
};

const count = (part: (event: LogEvent) => boolean): number => lines.filter(part).length;

/** Whether each request has left its last line, of the function's platform and of the gateway. */
const isComplete = (): boolean =>
  count(({ message }) => message.includes('platform.report')) === invocations &&
  count(({ group }) => group.startsWith('items-api/')) === invocations;

beforeAll(async () => {
  running = await start(typescript.template, {
    ...typescript.options,
    onLog: (event) => {
      lines.push(event);
      if (isComplete()) complete.resolve();
    },
  });
  const url = running.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value;
  for (let i = 0; i < invocations; i++) sizes.push(await post(`${url}/items`));
  await complete.promise;
});
afterAll(() => running?.stop());

/** Bytes of the lines for each request. The first line of an environment is not of any. */
const bytes = (group: string): number =>
  lines
    .filter((event) => event.group.startsWith(group) && !event.message.includes('platform.initStart'))
    .reduce((sum, { message }) => sum + Buffer.byteLength(message), 0) / invocations;

const average = (part: 'headers' | 'body'): number => sizes.reduce((sum, size) => sum + size[part], 0) / sizes.length;

describe('what the page on cost takes for granted', () => {
  it.each([
    ['a line of the access log', request.accessLogBytes, () => bytes('items-api/')],
    ['the lines of a function', request.functionLogBytes, () => bytes('/aws/lambda/')],
    ['the headers of an answer', request.headerBytes, () => average('headers')],
    ['an item in an answer', request.itemBodyBytes, () => average('body')],
  ])('is the size that %s has here, give or take a tenth', (_what, assumed, measured) => {
    expect(measured()).toBeGreaterThan(assumed * 0.9);
    expect(measured()).toBeLessThan(assumed * 1.1);
  });

  it('is an item that fills its KB', () => {
    const uuid = { S: 'u'.repeat(36) };
    const time = { S: 't'.repeat(24) };
    const item = {
      ...{ id: uuid, version: { N: '1' }, createdAt: time, updatedAt: time, createRequest: uuid, updateRequest: uuid },
      attributes: { M: Object.fromEntries(Object.entries(attributes).map(([name, S]) => [name, { S }])) },
    };
    expect(itemSize(item)).toBeGreaterThan(request.itemKilobytes * 1024 * 0.95);
    expect(itemSize(item)).toBeLessThanOrEqual(request.itemKilobytes * 1024);
  });
});

describe('the template', () => {
  const edition = editions['template.yaml']?.();
  if (!edition) throw new Error('no template.yaml');
  const { template } = buildTemplate(edition);
  const defaults = template.Parameters as Record<string, { Default: string | number }>;
  const resources = (type: string): number =>
    Object.values(template.Resources).filter((resource) => resource.Type === type).length;

  it('has the defaults that the page counts with', () => {
    expect(Number(defaults.MemorySize?.Default)).toBe(request.memoryMb);
    expect(Number(defaults.LogRetentionDays?.Default)).toBe(logs.retentionDays);
    expect(Number(defaults.ThrottlingRateLimit?.Default)).toBe(requestsPerSecond);
    expect(Number(defaults.TraceSamplingRate?.Default)).toBe(traceSamplingRate);
  });

  it.each([
    ['AWS::ApiGateway::Method', methods],
    ['AWS::EC2::NatGateway', stack.availabilityZones],
    ['AWS::EC2::FlowLog', 1],
    ['AWS::CloudWatch::Alarm', stack.alarms],
    ['AWS::CloudWatch::Dashboard', 0],
  ])('has as many %s as the page counts', (type, counted) => {
    expect(resources(type)).toBe(counted);
  });

  it('has as many dashboards and rules of WAF in the extras as the page counts', () => {
    const { Resources } = buildExtras().template;
    const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);
    expect(ofType('AWS::CloudWatch::Dashboard').length).toBe(stack.dashboards);
    const [webAcl] = ofType('AWS::WAFv2::WebACL');
    expect(webAcl?.Properties?.Rules).toHaveLength(stack.webAclRules);
  });
});
