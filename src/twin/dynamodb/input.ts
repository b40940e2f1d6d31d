import { isObject, type Json, type JsonObject } from '../../cloudformation/json.ts';
import { statementTarget } from './partiql.ts';
import { isTableArn, type TableArnPrefix } from './table-names.ts';

/** Action of a request on one table or index. */
export interface TableAction {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
}

/**
 * Returns the accesses that IAM evaluates for a request, as "Actions, resources, and condition keys for Amazon DynamoDB" lists
 * them. Returns none if a request lacks the table that it must name: DynamoDB rejects it as invalid.
 */
export const tableActionsOf = (operation: string, input: JsonObject, prefix: TableArnPrefix): readonly TableAction[] => {
  const arn = (name: Json): string => (isTableArn(name) ? name : prefix + String(name));
  const access = (name: Json | undefined, action = operation): TableAction[] =>
    name === undefined || name === null ? [] : [{ action: `dynamodb:${action}`, resource: arn(name) }];
  const everything = [{ action: `dynamodb:${operation}`, resource: '*' }];
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(objectOf(input.RequestItems)).flatMap((name) => access(name));
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return transactItems(input).flatMap(([member, item]) => access(item.TableName, transactActions.get(member) ?? member));
    case 'Query':
    case 'Scan':
      return access(input.TableName).map(({ action, resource }) => ({
        action,
        resource:
          input.IndexName === undefined || input.IndexName === null
            ? resource
            : `${resource}/index/${String(input.IndexName)}`,
      }));
    case 'ExecuteStatement':
      return statementsOf(input).map((statement) => statementAction(statement, prefix));
    case 'BatchExecuteStatement':
      return statementsOf(input.Statements).map((statement) => statementAction(statement, prefix));
    case 'ExecuteTransaction':
      return statementsOf(input.TransactStatements).map((statement) => statementAction(statement, prefix));
    case 'ListTables':
      return access('*');
    case 'TagResource':
    case 'UntagResource':
    case 'ListTagsOfResource':
      return access(input.ResourceArn);
    case 'DescribeLimits':
    case 'DescribeEndpoints':
      return everything;
    default:
      // Only TableName is read: DynamoDB ignores members that an operation does not have.
      return input.TableName === undefined || input.TableName === null ? everything : access(input.TableName);
  }
};

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** Returns each member of each item (`Put`, `Update`, `Delete`, `ConditionCheck` or `Get`) with its content. */
const transactItems = (input: JsonObject): (readonly [string, JsonObject])[] =>
  (Array.isArray(input.TransactItems) ? input.TransactItems : []).flatMap((item: Json) =>
    Object.entries(objectOf(item)).map(([member, one]) => [member, objectOf(one)] as const),
  );

const transactActions = new Map([
  ['Get', 'GetItem'],
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['ConditionCheck', 'ConditionCheckItem'],
]);

const statementsOf = (statements: Json | undefined): string[] =>
  [statements ?? []].flat().flatMap((one: Json) => {
    const { Statement: statement } = objectOf(one);
    return typeof statement === 'string' ? [statement] : [];
  });

const statementAction = (statement: string, prefix: TableArnPrefix): TableAction => {
  const { action, table = '*', index } = statementTarget(statement);
  return { action: `dynamodb:PartiQL${action}`, resource: prefix + table + (index === undefined ? '' : `/index/${index}`) };
};
