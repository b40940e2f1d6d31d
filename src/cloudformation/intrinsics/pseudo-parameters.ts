import type { Json } from '../json.ts';
import type { StackIdentity } from '../stack-identity.ts';

/** Values of `Ref` for pseudo parameters. `AWS::NoValue` is undefined, which removes the property. */
export const pseudoParameters: ReadonlyMap<string, (stack: StackIdentity) => Json | undefined> = new Map<
  string,
  (stack: StackIdentity) => Json | undefined
>([
  ['AWS::AccountId', (stack) => stack.accountId],
  ['AWS::NoValue', () => undefined],
  ['AWS::NotificationARNs', () => []],
  ['AWS::Partition', (stack) => stack.partition],
  ['AWS::Region', (stack) => stack.region],
  ['AWS::StackId', (stack) => stack.id],
  ['AWS::StackName', (stack) => stack.name],
  ['AWS::URLSuffix', (stack) => stack.urlSuffix],
]);
