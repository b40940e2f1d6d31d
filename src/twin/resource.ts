import type { ResourceContext as Context, ResourceType as Type } from '../cloudformation/resource.ts';
import type { DynamoDb } from './dynamodb/index.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Iam } from './iam/index.ts';
import type { CodeFolders } from './lambda/code-folders.ts';
import type { Inspectors } from './lambda/inspect/index.ts';
import type { Lambda } from './lambda/lambda.ts';
import type { Network } from './network/index.ts';
import type { CloudWatch } from './small-services/cloudwatch.ts';
import type { Logs } from './small-services/logs.ts';
import type { Sns } from './small-services/sns.ts';
import type { Waf } from './small-services/waf.ts';
import type { XRay } from './small-services/xray.ts';

export type { Resource } from '../cloudformation/resource.ts';

/** A CloudFormation resource type as the twin runs it: one file in `resources/`. */
export type ResourceType<Properties = Record<string, unknown>> = Type<Properties, Services>;

/** Context that a resource of the twin starts with. */
export type ResourceContext = Context<Services>;

/** The services of the twin, each the control plane and the data plane of its AWS namesake. */
export interface Services {
  readonly logs: Logs;
  readonly dynamodb: DynamoDb;
  readonly lambda: Lambda;
  readonly gateway: Gateway;
  readonly network: Network;
  readonly iam: Iam;
  readonly cloudwatch: CloudWatch;
  readonly sns: Sns;
  readonly waf: Waf;
  readonly xray: XRay;
  /** Folders of functions whose code is not inline. */
  readonly code: CodeFolders;
  /** Debugger ports of functions, if these are opened to debuggers. */
  readonly inspectors?: Inspectors | undefined;
}
