/** An expression that DynamoDB rejects. The message is the one that follows `Invalid ConditionExpression: ` and the like. */
export class ExpressionFault extends Error {}
