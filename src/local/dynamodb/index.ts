/** Amazon DynamoDB in the twin: the endpoint that functions call, in front of dynalite or of an endpoint the user names. */
export interface DynamoDb {
  /** `http://127.0.0.1:PORT`, what functions get as `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly endpoint: string;
  createTable(table: TableConfiguration): Promise<{ readonly arn: string }>;
  deleteTable(tableName: string): Promise<void>;
  stop(): Promise<void>;
}

/** What `AWS::DynamoDB::Table` configures, in the terms of CreateTable. */
export interface TableConfiguration {
  readonly tableName: string;
  readonly region: string;
  readonly accountId: string;
  /** CreateTable input as the template gives it (KeySchema, AttributeDefinitions, BillingMode, …). */
  readonly input: Readonly<Record<string, unknown>>;
}
