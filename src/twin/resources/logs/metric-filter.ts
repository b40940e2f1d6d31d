import { invalidProperty, type LocalError } from '../../../cloudformation/errors.ts';
import { generatedName } from '../../../cloudformation/names.ts';
import { list, object } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { metricUnit } from '../cloudwatch/parts/metric.ts';

type Properties = {
  readonly FilterName?: string;
  readonly LogGroupName: string;
  readonly MetricTransformations: readonly { readonly DefaultValue?: number; readonly Dimensions?: readonly unknown[] }[];
};

/** A metric from log lines. It is validated as PutMetricFilter does. The twin measures nothing. */
export const logsMetricFilter: ResourceType<Properties> = {
  type: 'AWS::Logs::MetricFilter',
  schema: object(
    {
      FilterName: { type: 'string', pattern: '^[^:*]{1,512}$' },
      FilterPattern: { type: 'string', maxLength: 1024 },
      LogGroupName: { type: 'string', pattern: '^[\\.\\-_/#A-Za-z0-9]{1,512}$' },
      MetricTransformations: list(
        object(
          {
            DefaultValue: { type: 'number' },
            Dimensions: list(
              object(
                {
                  Key: { type: 'string', minLength: 1, maxLength: 255 },
                  Value: { type: 'string', pattern: '^\\$', maxLength: 255 },
                },
                ['Key', 'Value'],
              ),
              { minItems: 1, maxItems: 3 },
            ),
            MetricName: { type: 'string', pattern: '^[^:*$]{1,255}$' },
            MetricNamespace: { type: 'string', pattern: '^[^:*$]{1,255}$' },
            MetricValue: { type: 'string', pattern: '^([+-]?(\\d+\\.?\\d*|\\.\\d+)|\\$.+)$', maxLength: 100 },
            Unit: metricUnit,
          },
          ['MetricName', 'MetricNamespace', 'MetricValue'],
        ),
        { minItems: 1, maxItems: 1 },
      ),
    },
    ['FilterPattern', 'LogGroupName', 'MetricTransformations'],
  ),
  check: ({ MetricTransformations: transformations }) => transformations.flatMap(transformationFaults),
  start: (properties, context) => {
    const { LogGroupName: group } = properties;
    if (!context.services.logs.groups.has(group))
      throw invalidProperty(
        'LogGroupName',
        `is ${group}, which this template does not declare; refer to a log group with !Ref`,
      );
    return { ref: properties.FilterName ?? generatedName(context, 512) };
  },
};

/** "If you assign dimensions to a metric created by a metric filter, you can't assign a default value for that metric." */
const transformationFaults = (
  { DefaultValue, Dimensions }: Properties['MetricTransformations'][number],
  index: number,
): LocalError[] =>
  DefaultValue !== undefined && Dimensions !== undefined
    ? [
        invalidProperty(
          `MetricTransformations.${index}.DefaultValue`,
          'cannot be combined with Dimensions; remove one of the two',
        ),
      ]
    : [];
