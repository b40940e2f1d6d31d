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

/** A CloudFormation resource type in the twin, one file in `resources/` each. */
export type ResourceType<Properties = Record<string, unknown>> = Type<Properties, Services>;

/** Context in which a resource of the twin is created. */
export type ResourceContext = Context<Services>;

/** Services of the twin. Each is the control plane and the data plane of its AWS namesake. */
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
  /** Debugger ports of functions, if they are enabled. */
  readonly inspectors?: Inspectors | undefined;
}
