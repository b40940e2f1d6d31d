import { afterEach, expect, it } from 'vitest';
import { createXRay } from '../../../src/twin/small-services/xray.ts';
import { createTestStack, output, type TestStack } from './stack.ts';

const stacks: TestStack[] = [];
afterEach(() => Promise.all(stacks.splice(0).map(({ gateway }) => gateway.stop())));

const rule = {
  ruleName: 'r',
  priority: 1,
  reservoirSize: 0,
  fixedRate: 0,
  resourceArn: '*:eu-west-1::/restapis/*/stages/v1',
};
const ofStage = { serviceName: 'things/v1', serviceType: 'AWS::ApiGateway::Stage', host: '*.execute-api.eu-west-1.*' };

/** The trace header that the client gets, and the one that the function gets. */
const traced = async (path: string, headers = {}, stage: object = { TracingEnabled: true }) => {
  const xray = createXRay();
  xray.createSamplingRule({ ...rule, ...ofStage, httpMethod: 'GET', urlPath: '/v1/things', attributes: {} });
  const stack = createTestStack((event) => output({ statusCode: 200, body: JSON.stringify(event.headers) }), { xray });
  stacks.push(stack);
  const response = await fetch(`${await stack.serve({}, undefined, stage)}/v1${path}`, { headers });
  const received = (await response.json()) as Record<string, string>;
  return [response.headers.get('x-amzn-trace-id'), received['X-Amzn-Trace-Id']];
};

it('lets a rule decide on the requests that it matches', async () => {
  for (const header of await traced('/things')) expect(header).toMatch(/;Sampled=0$/);
  for (const header of await traced('/things/1')) expect(header).toMatch(/;Sampled=1$/);
});

it('leaves to the client what it has decided', async () => {
  const sent = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=7fa8c0f79203be72;Sampled=1';
  expect(await traced('/things', { 'X-Amzn-Trace-Id': sent })).toEqual([sent, sent]);
});

it('asks no rule where the stage does not trace', async () => {
  const [toClient, toFunction] = await traced('/things/1', {}, {});
  expect(toClient).toMatch(/;Sampled=0$/);
  expect(toFunction).not.toContain('Sampled');
});
