export { explained } from './aws-errors.ts';
export { callerIdentity } from './caller.ts';
export { type Connection, connect } from './connection.ts';
export { type Deployment, type DeployRequest, deployStack, type Output } from './deploy.ts';
export { type DestroyRequest, destroyStack } from './destroy.ts';
export { DeployError, interruptedUnchanged, isAbort } from './errors.ts';
export { describeStack, stackResources } from './stack.ts';
export type { FinishedResource, ProgressView, User } from './user.ts';
