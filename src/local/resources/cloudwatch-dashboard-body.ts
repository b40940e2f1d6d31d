import { isObject, type Json, type JsonObject } from '../json.ts';
import { checkSchema, type Schema } from '../schema.ts';
import { list, string } from '../shapes.ts';

/**
 * What PutDashboard would say in its DashboardValidationMessages, each with the place of the fault.
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
  return (body.widgets as readonly JsonObject[]).flatMap(({ type, properties }, index) =>
    faultsOf(properties ?? null, widgetProperties[String(type)] ?? {}, ['widgets', index, 'properties']),
  );
};

const anyMap: Schema = { type: 'object' };
const open = (properties: Schema['properties'], required: readonly string[]): Schema => ({
  type: 'object',
  ...(properties && { properties }),
  required,
});

/** The grid has 24 columns; widgets without a place go where there is room. */
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

/** What the properties of each type of widget must have. */
const widgetProperties: Readonly<Record<string, Schema>> = {
  alarm: open({ alarms: list({ type: 'string', pattern: '^arn:' }, { maxItems: 100 }) }, ['alarms']),
  log: open({ query: string, region: string }, ['query', 'region']),
  metric: {
    ...open({ metrics: list({ type: 'array' }, { maxItems: 500 }), region: string }, ['region']),
    anyOf: [{ required: ['metrics'] }, { required: ['annotations'] }],
  },
  text: open({ markdown: string }, ['markdown']),
};

const faultsOf = (value: Json, schema: Schema, path: readonly (string | number)[]): string[] =>
  checkSchema(value, schema, path).faults.map((fault) => `${fault.path.join('.') || 'it'} ${fault.message}`);
