import type { ObservedRequest } from '../gateway/observed.ts';
import type { EnvironmentRecord } from '../lambda/lambda.ts';
import type { LogEvent, LogOrigin } from '../small-services/logs.ts';
import type { Description } from './description.ts';

/** An event in a stack, for its observers. */
export type StackEvent =
  | { readonly type: 'stack'; readonly stack: StackOverview }
  | { readonly type: 'environment'; readonly environment: EnvironmentRecord }
  | { readonly type: 'request'; readonly request: ObservedRequest }
  | { readonly type: 'log'; readonly log: LogEvent & { readonly origin: LogOrigin } };

/** A stack after its creation or an update. */
export interface StackOverview extends Description {
  readonly name: string;
  readonly region: string;
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  /** Resources in the order of their creation. */
  readonly resources: readonly OverviewResource[];
  readonly functions: readonly OverviewFunction[];
}

export interface OverviewResource {
  readonly logicalId: string;
  /** For example `AWS::DynamoDB::Table`. */
  readonly type: string;
  /** Value of `Ref`. */
  readonly physicalId: string;
}

export interface OverviewFunction {
  readonly logicalId: string;
  readonly functionName: string;
  readonly runtime: string;
  /** MB. */
  readonly memorySize: number;
  /** Seconds. */
  readonly timeout: number;
}
