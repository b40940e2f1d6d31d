import { describe, expect, it } from 'vitest';
import { createXRay } from '../../../src/twin/small-services/xray.ts';
import { createSampler, type SamplingRule, type TracedRequest } from '../../../src/twin/small-services/xray-sampling.ts';

const rule: SamplingRule = {
  ruleName: 'all',
  priority: 100,
  reservoirSize: 0,
  fixedRate: 0,
  serviceName: '*',
  serviceType: '*',
  resourceArn: '*',
  host: '*',
  httpMethod: '*',
  urlPath: '*',
  attributes: {},
};
const request: TracedRequest = {
  serviceName: 'items/v1',
  serviceType: 'AWS::ApiGateway::Stage',
  resourceArn: 'arn:aws:apigateway:eu-west-1::/restapis/a/stages/v1',
  host: 'a.execute-api.eu-west-1.amazonaws.com',
  httpMethod: 'GET',
  urlPath: '/v1/items',
  header: (name) => ({ 'x-debug': 'yes' })[name.toLowerCase()],
};

describe('a sampling rule', () => {
  it.each<[Partial<SamplingRule>, boolean]>([
    [{}, true],
    [{ serviceName: 'items/*', serviceType: 'AWS::ApiGateway::*', httpMethod: 'GET', urlPath: '/v?/*' }, true],
    [{ httpMethod: 'get' }, true],
    [{ resourceArn: 'arn:aws:apigateway:*::/restapis/a/*', host: '*.execute-api.*' }, true],
    [{ attributes: { 'X-Debug': 'y*' } }, true],
    [{ serviceName: 'items' }, false],
    [{ serviceType: 'AWS::EC2::Instance' }, false],
    [{ httpMethod: 'POST' }, false],
    [{ urlPath: '/items' }, false],
    [{ host: 'example.com' }, false],
    [{ attributes: { 'X-Debug': 'no' } }, false],
    [{ attributes: { 'X-Debug': 'yes', 'X-Other': '1' } }, false],
  ])('with %j matches: %s', (changes, expected) => {
    expect(createSampler({ ...rule, ...changes }).matches(request)).toBe(expected);
  });

  it('samples the first requests of each second, and a share of the others', () => {
    let [now, chance] = [1000, 0.5];
    const clock = { now: () => now, random: () => chance };
    const { decide } = createSampler({ ...rule, reservoirSize: 2, fixedRate: 0.25 }, clock);
    expect([decide(), decide(), decide()]).toEqual([true, true, false]);
    chance = 0.2;
    expect(decide()).toBe(true);
    [now, chance] = [2000, 0.9];
    expect([decide(), decide(), decide()]).toEqual([true, true, false]);
  });
});

describe('X-Ray', () => {
  it('lets the matching rule of the lowest priority decide, and samples what none matches', () => {
    const { createSamplingRule, deleteSamplingRule, sample } = createXRay();
    expect(sample(request)).toBe(true);
    createSamplingRule({ ...rule, ruleName: 'later', priority: 9000, fixedRate: 1 });
    createSamplingRule({ ...rule, ruleName: 'first', priority: 1, urlPath: '/v1/*' });
    expect([sample(request), sample({ ...request, urlPath: '/v2/items' })]).toEqual([false, true]);
    deleteSamplingRule('first');
    expect(sample(request)).toBe(true);
  });
});
