import { checkSchema } from '../../../../cloudformation/check-schema.ts';
import { isObject, type Json, type JsonObject } from '../../../../cloudformation/json.ts';
import type { Schema } from '../../../../cloudformation/schema.ts';
import { list, string } from '../../../../cloudformation/shapes.ts';

/**
 * Returns the faults that PutDashboard lists in DashboardValidationMessages, each with its place.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const dashboardBodyFaults = (text: string): string[] => {
  let body: Json;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return [`it is not JSON (${(error as Error).message}); correct it`];
  }
  const faults = faultsOf(body, bodySchema, []);
  if (faults.length > 0 || !isObject(body)) return faults;
  return (body.widgets as readonly JsonObject[]).flatMap(({ type, properties = null }, index) => {
    const path = ['widgets', index, 'properties'] as const;
    const ofWidget = faultsOf(properties, widgetProperties[String(type)] ?? {}, path);
    return ofWidget.length === 0 && type === 'metric' ? metricsFaults(properties as JsonObject, path) : ofWidget;
  });
};

/**
 * Returns the faults of metrics. A metric consists of a namespace, a name, names and values of dimensions, and rendering options;
 * or of an expression alone. "." repeats one string of the metric before, "..." several.
 */
const metricsFaults = ({ metrics = [] }: JsonObject, path: readonly (string | number)[]): string[] =>
  (metrics as readonly (readonly Json[])[]).flatMap((metric, index) => {
    const last = metric.at(-1) ?? null;
    const texts = isObject(last) ? metric.slice(0, -1) : metric;
    const problem = metricProblem(texts, isObject(last) ? last : {});
    return problem === undefined ? [] : [`${[...path, 'metrics', index].join('.')} ${problem}`];
  });

const metricProblem = (texts: readonly Json[], options: JsonObject): string | undefined => {
  if (!texts.every((text) => typeof text === 'string')) return 'must be texts, and at its end may have a map; correct it';
  if (texts.length === 0) return 'expression' in options ? undefined : 'has neither a metric nor an expression; give one';
  if (texts.includes('...')) return undefined;
  if (texts.length === 1) return `has the namespace ${texts[0]} and no name of a metric; add it`;
  return texts.length % 2 === 0 ? undefined : `has the dimension ${texts.at(-1)} without a value; add it`;
};

const anyMap: Schema = { type: 'object' };
const open = (properties: Schema['properties'], required: readonly string[]): Schema => ({
  type: 'object',
  ...(properties && { properties }),
  required,
});

/** The grid has 24 columns. Widgets without a position are placed where there is room. */
const bodySchema = open(
  {
    start: string,
    end: string,
    periodOverride: { enum: ['auto', 'inherit'] },
    variables: list(anyMap),
    widgets: list(
      open(
        {
          type: { enum: ['metric', 'text', 'log', 'alarm', 'explorer', 'custom', 'chart'] },
          x: { type: 'integer', minimum: 0, maximum: 23 },
          y: { type: 'integer', minimum: 0 },
          width: { type: 'integer', minimum: 1, maximum: 24 },
          height: { type: 'integer', minimum: 1, maximum: 1000 },
          properties: anyMap,
        },
        ['type', 'properties'],
      ),
      { maxItems: 500 },
    ),
  },
  ['widgets'],
);

/** Schema of the properties of each type of widget. */
const widgetProperties: Readonly<Record<string, Schema>> = {
  alarm: open({ alarms: list({ type: 'string', pattern: '^arn:' }, { maxItems: 100 }) }, ['alarms']),
  log: open({ query: string, region: string }, ['query', 'region']),
  metric: {
    ...open({ metrics: list({ type: 'array', minItems: 1 }, { maxItems: 500 }), region: string }, ['region']),
    anyOf: [{ required: ['metrics'] }, { required: ['annotations'] }],
  },
  text: open({ markdown: string }, ['markdown']),
};

const faultsOf = (value: Json, schema: Schema, path: readonly (string | number)[]): string[] =>
  checkSchema(value, schema, path).faults.map((fault) => `${fault.path.join('.') || 'it'} ${fault.message}`);
