import { afterAll, beforeAll, expect, it } from 'vitest';
import { type NotSimulatedEndpoint, startNotSimulatedEndpoint } from '../../../src/twin/lambda/not-simulated.ts';

let endpoint: NotSimulatedEndpoint;
beforeAll(async () => {
  endpoint = await startNotSimulatedEndpoint(new Map());
});
afterAll(() => endpoint.close());

it('names the operation that is not simulated to an SDK', async () => {
  const headers = { 'x-amz-target': 'AmazonSQS.SendMessage', 'content-type': 'application/x-amz-json-1.0' };
  const response = await fetch(endpoint.url, { method: 'POST', headers, body: '{}' });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('SendMessage is not simulated by the local twin');
});

it.each([{ origin: 'https://other.example' }, { 'x-from': 'page', 'sec-fetch-site': 'cross-site' }])(
  'tells a web page nothing (%o)',
  async (headers) => {
    const { default: http } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      http.get(endpoint.url, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    expect(status).toBe(403);
  },
);
