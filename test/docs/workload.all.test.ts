import { once } from 'node:events';
import { request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/cloudformation/json.ts';
import { methods } from '../../src/docs/idle-cost.ts';
import { logs, request, requestsPerSecond, stack, usual } from '../../src/docs/workload.ts';
import { itemSize } from '../../src/twin/dynamodb/item-size.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import type { LogEvent } from '../../src/twin/small-services/logs.ts';
import { typescript } from '../editions.ts';
import { resourcesOf, template } from './template.ts';

/** The attributes of an item of 1 KB in the table, with those of the server. */
const attributes = { name: 'x'.repeat(90), note: 'y'.repeat(700) };
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const invocations = 8;

let running: Stack | undefined;
const lines: LogEvent[] = [];
const complete = Promise.withResolvers<void>();
/** The lines of the requests to be measured, and sizes of their responses and of one that the gateway itself sends. */
let measured: readonly LogEvent[] = [];
const sizes: Size[] = [];
let rejected: Size = { headers: 0, body: 0 };

interface Size {
  readonly headers: number;
  readonly body: number;
}

const post = async (url: string): Promise<Size> => {
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

/** Each request has left its last line, of the function's platform and of the gateway. */
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
  measured = [...lines];
  rejected = await post(`${url}/unknown`);
});
afterAll(() => running?.stop());

/** Bytes of the lines for each request. The first line of an environment is not of any. */
const bytes = (group: string): number =>
  measured
    .filter((event) => event.group.startsWith(group) && !event.message.includes('platform.initStart'))
    .reduce((sum, { message }) => sum + Buffer.byteLength(message), 0) / invocations;

const average = (part: 'headers' | 'body'): number => sizes.reduce((sum, size) => sum + size[part], 0) / sizes.length;

describe('the page on cost assumes', () => {
  it.each([
    ['a line of the access log', request.accessLogBytes, () => bytes('items-api/')],
    ['the lines of a function', request.functionLogBytes, () => bytes('/aws/lambda/')],
    ['the headers of a response', request.headerBytes, () => average('headers')],
    ['an item in a response', usual.itemBodyBytes, () => average('body')],
    ['a gateway response', request.problemBytes, () => rejected.body],
  ])('the size of %s, give or take a tenth', (_what, assumed, actual) => {
    expect(actual()).toBeGreaterThan(assumed * 0.9);
    expect(actual()).toBeLessThan(assumed * 1.1);
  });

  it('an item that fills its KB', () => {
    const uuid = { S: 'u'.repeat(36) };
    const time = { S: 't'.repeat(24) };
    const item = {
      ...{ id: uuid, version: { N: '1' }, createdAt: time, updatedAt: time, createRequest: uuid, updateRequest: uuid },
      attributes: { M: Object.fromEntries(Object.entries(attributes).map(([name, S]) => [name, { S }])) },
    };
    expect(itemSize(item)).toBeGreaterThan(usual.itemKilobytes * 1024 * 0.95);
    expect(itemSize(item)).toBeLessThanOrEqual(usual.itemKilobytes * 1024);
  });
});

describe('the template', () => {
  it('has the defaults that the page counts with', () => {
    const defaults = {
      MemorySize: request.memoryMb,
      LogRetentionDays: logs.retentionDays,
      ThrottlingRateLimit: requestsPerSecond,
      TraceSamplingRate: usual.traced,
    };
    for (const [name, assumed] of Object.entries(defaults))
      expect(Number(template.parameters.get(name)?.Default), name).toBe(assumed);
  });

  it.each([
    ['AWS::ApiGateway::Method', methods],
    ['AWS::EC2::NatGateway', stack.availabilityZones],
    ['AWS::EC2::FlowLog', 1],
    ['AWS::CloudWatch::Alarm', stack.alarms],
    ['AWS::CloudWatch::Dashboard', stack.dashboards],
    ['AWS::Logs::MetricFilter', 1],
  ])('has as many %s as the page counts', (type, counted) => {
    expect(Object.keys(resourcesOf(type))).toHaveLength(counted);
  });

  it('has alarms on as many metrics as the page counts', () => {
    const metrics = Object.values(resourcesOf('AWS::CloudWatch::Alarm')).map(({ Properties: properties }) => {
      const list = properties?.Metrics as readonly JsonObject[] | undefined;
      return list ? list.filter((metric) => 'MetricStat' in metric).length : 1;
    });
    expect(metrics.reduce((sum, count) => sum + count, 0)).toBe(stack.alarmMetrics);
  });

  it('has a dashboard with as many metrics as the page counts', () => {
    const { DashboardBody: body } = resourcesOf('AWS::CloudWatch::Dashboard').Dashboard?.Properties ?? {};
    const { widgets } = JSON.parse((body as { 'Fn::Sub': string })['Fn::Sub']) as Dashboard;
    const metrics = widgets.flatMap(({ properties }) => properties.metrics);
    const names = metrics.map((metric) => metric.filter((part) => typeof part === 'string').join(' '));
    expect(new Set(names).size).toBe(stack.dashboardMetrics);
  });

  it('has as many rules of WAF as the page counts', () => {
    expect(resourcesOf('AWS::WAFv2::WebACL').StageWebAcl?.Properties?.Rules).toHaveLength(stack.webAclRules);
  });
});

interface Dashboard {
  readonly widgets: readonly { readonly properties: { readonly metrics: readonly (readonly unknown[])[] } }[];
}
