import type { Operation } from '../contract/operations.ts';

/** The operations of DynamoDB that an operation of the API calls, as metrics name them: `PutItem` for dynamodb:PutItem. */
export const tableCalls = ({ actions }: Operation): string[] => actions.map((action) => action.replace('dynamodb:', ''));
