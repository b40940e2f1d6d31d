import type { AttributeMap, AttributeValue } from './attribute-values.ts';

/** A condition of the legacy parameters `Expected`, `QueryFilter`, `ScanFilter` and `KeyConditions`. */
export interface LegacyCondition {
  readonly ComparisonOperator?: string;
  readonly AttributeValueList?: readonly AttributeValue[];
  /** In `Expected` only, as is `Exists`. */
  readonly Value?: AttributeValue;
  readonly Exists?: boolean;
}

/** The members of requests that conditions, filters and updates use, after dynalite has checked their types. */
export interface Request {
  readonly Item?: AttributeMap;
  readonly Key?: AttributeMap;
  readonly ConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ProjectionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: AttributeMap;
  readonly Expected?: Readonly<Record<string, LegacyCondition>>;
  readonly QueryFilter?: Readonly<Record<string, LegacyCondition>>;
  readonly ScanFilter?: Readonly<Record<string, LegacyCondition>>;
  readonly ConditionalOperator?: string;
  readonly AttributeUpdates?: Readonly<Record<string, { readonly Action?: string; readonly Value?: AttributeValue }>>;
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}
