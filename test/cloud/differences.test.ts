import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../src/conformance/runner.ts';
import { editions, typescript } from '../editions.ts';
import { adapted } from './adapt.ts';
import { serveCloud } from './cloud.ts';
import {
  asWritten,
  lackingProperties,
  lackingTypes,
  type Observation,
  rewritings,
  unanswered,
  withoutEffect,
} from './differences.ts';
import { openFront } from './front.ts';
import type { Cloud } from './ministack.ts';
import { apiId, aws, deploy, destroy, invokeUrl, stageOf } from './stack.ts';

const cloud = serveCloud();

describe('the declared differences', () => {
  it.each(editions)('are all types that ministack lacks of the $name edition', async ({ template }) => {
    const failure = await deploy(cloud(), 'whole', template).catch(({ message }: Error) => message);
    const [, types] = /Unrecognized resource types: \[(.*)\]/.exec(String(failure)) ?? [];
    expect(types?.split(', ')).toEqual(Object.keys(lackingTypes).sort());
  });

  it('are of an alarm on metric math, which it does not make', async () => {
    const { says } = lackingProperties['AWS::CloudWatch::Alarm'] ?? {};
    const failure = await deploy(cloud(), 'items-math', onMath).catch(({ message }: Error) => message);
    expect(failure, 'stale difference: it makes an alarm on metric math').toMatch(says ?? '');
    await destroy(cloud(), 'items-math');
  });

  it('let ministack read the rest as it is meant', async () => {
    expect(await observe(cloud(), rewritings)).toEqual(asWritten);
  });

  it.each(rewritings)('are not stale: $from', async (rewriting) => {
    const others = rewritings.filter((other) => other !== rewriting);
    expect(await observe(cloud(), others)).toMatchObject(rewriting.otherwise);
  });

  it('are of what the API works without', async () => {
    const name = 'items-without';
    await deploy(cloud(), name, adapted(typescript.template), { AuthorizationType: 'NONE' });
    const url = await invokeUrl(cloud(), name);
    const front = await openFront(cloud().endpoint, url);
    for (const { what, take } of withoutEffect) {
      await take((...args) => aws(cloud(), ...args), { name, restApiId: apiId(url) });
      expect((await fetch(`${front.url}/items`)).status, `stale difference: ${what}`).toBe(200);
    }
    await front.stop();
  });

  it.each(unanswered)('are of cases that there are: $name', ({ group, name }) => {
    expect(groupsOf({ authorize: () => ({}) })[group]?.filter((member) => name.test(member.name))).not.toEqual([]);
  });
});

const onMath = `
Resources:
  Rate:
    Type: AWS::CloudWatch::Alarm
    Properties:
      EvaluationPeriods: 1
      ComparisonOperator: GreaterThanThreshold
      Threshold: 1
      Metrics:
        - {Id: rate, Expression: errors / 60}
        - Id: errors
          ReturnData: false
          MetricStat: {Metric: {Namespace: AWS/Lambda, MetricName: Errors}, Period: 60, Stat: Sum}
`;

/** What is to be seen of the template with these parts rewritten. */
const observe = async (target: Cloud, rewrites: typeof rewritings): Promise<Observation> => {
  const stackName = 'items-observed';
  await deploy(target, stackName, adapted(typescript.template, rewrites), { AuthorizationType: 'NONE' });
  const url = await invokeUrl(target, stackName);
  const front = await openFront(target.endpoint, url);
  const list = await fetch(`${front.url}/items`);
  const observation = {
    list: list.status,
    allowedOrigins: (await stageOf(target, url)).variables.allowedOrigins,
  };
  await front.stop();
  await destroy(target, stackName);
  return observation;
};
