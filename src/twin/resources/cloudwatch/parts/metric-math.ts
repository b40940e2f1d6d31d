import { invalidProperty, type LocalError } from '../../../../cloudformation/errors.ts';

/** Members of a metric query that the validation of expressions uses. */
interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: object;
}

/** CloudWatch's quota of metrics in an alarm on metric math. Expressions do not count. */
const mostMetrics = 10;

/** Returns the faults that PutMetricAlarm finds in metric math: too many metrics, unknown ids, and circular expressions. */
export const metricMathFaults = (queries: readonly Query[]): LocalError[] => {
  const metrics = queries.filter(({ MetricStat }) => MetricStat !== undefined).length;
  const ids = new Map(queries.map(({ Id, Expression }) => [Id, Expression === undefined ? [] : idsOf(Expression)]));
  return [
    ...(metrics > mostMetrics
      ? [invalidProperty('Metrics', `has ${metrics} metrics; an alarm takes ${mostMetrics}: split it into several alarms`)]
      : []),
    ...queries.flatMap((query, index) => expressionFaults(query, `Metrics.${index}.Expression`, ids)),
  ];
};

const expressionFaults = (
  { Id, Expression }: Query,
  path: string,
  ids: ReadonlyMap<string, readonly string[]>,
): LocalError[] => {
  if (Expression === undefined) return [];
  if (/\bSEARCH\s*\(/.test(Expression))
    return [invalidProperty(path, 'contains SEARCH, which alarms do not support; name the metrics one by one')];
  const unknown = idsOf(Expression).find((id) => !ids.has(id));
  if (unknown !== undefined)
    return [invalidProperty(path, `refers to ${unknown}, which is the Id of no entry of Metrics; correct it`)];
  return needs(Id, ids).has(Id) ? [invalidProperty(path, 'depends on its own result; correct it')] : [];
};

/** Returns every id that an entry refers to, directly or indirectly. */
const needs = (id: string, ids: ReadonlyMap<string, readonly string[]>, seen: Set<string> = new Set()): Set<string> => {
  for (const next of ids.get(id) ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    needs(next, ids, seen);
  }
  return seen;
};

/**
 * Returns the ids in an expression. Ids begin with a lower-case letter; functions and keywords are in upper case. Strings and SQL
 * queries contain no ids.
 */
const idsOf = (expression: string): string[] =>
  /^\s*SELECT\b/i.test(expression)
    ? []
    : (expression.replaceAll(/"[^"]*"|'[^']*'/g, '').match(/(?<![\w.])[a-z]\w*\b(?!\s*\()/g) ?? []);
