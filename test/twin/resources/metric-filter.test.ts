import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { resources, startTemplate } from './support.ts';

const transformation = { MetricName: 'Failures', MetricNamespace: 'Items', MetricValue: '1' };
const filter = (changes: JsonObject = {}, ofTransformation: JsonObject = {}): string =>
  resources({
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'access' } },
    Filter: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        FilterPattern: '{ $.status = 500 }',
        LogGroupName: { Ref: 'Logs' },
        MetricTransformations: [{ ...transformation, ...ofTransformation }],
        ...changes,
      },
    },
  });

it('has the name that it is given, or one of its own', async () => {
  const named = await startTemplate(filter({ FilterName: 'failures' }, { MetricValue: '$.latency', DefaultValue: 0 }));
  expect(named.running.names('Filter')).toEqual(['failures']);
  const { running } = await startTemplate(filter({ FilterPattern: '' }));
  expect(running.names('Filter')).toEqual([expect.stringMatching(/^items-dev-Filter-[A-Z0-9]{12}$/)]);
});

it.each<[template: string, message: string]>([
  [filter({ LogGroupName: 'other' }), 'property LogGroupName is other, which this template does not declare'],
  [filter({ FilterName: 'a:b' }), 'property FilterName must match the pattern'],
  [filter({ MetricTransformations: [] }), 'property MetricTransformations must have at least 1 entries'],
  [filter({}, { MetricValue: 'one' }), 'property MetricTransformations.0.MetricValue must match the pattern'],
  [filter({}, { Unit: 'Pieces' }), 'property MetricTransformations.0.Unit must be one of Seconds'],
  [
    filter({}, { DefaultValue: 0, Dimensions: [{ Key: 'Method', Value: '$.method' }] }),
    'property MetricTransformations.0.DefaultValue cannot be combined with Dimensions; remove one of the two',
  ],
  [filter({ ApplyOnTransformedLogs: true }), 'property ApplyOnTransformedLogs is not supported by the local twin'],
])('is rejected: %#', async (template, message) => {
  await expect(startTemplate(template)).rejects.toThrow(message);
});
