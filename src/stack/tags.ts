import { type Properties, ref, sub } from './cloudformation.ts';

/** The parameters whose values become resource tags of the same name. */
export const tagParameters = ['Project', 'Owner'] as const;

/** The resource tags of every resource that supports them. */
export const tags: readonly Properties[] = tagParameters.map((Key) => ({ Key, Value: ref(Key) }));

/** Returns the same resource tags and `Name`, which consoles show as the name of the resource. */
export const namedTags = (name: string): readonly Properties[] => [
  { Key: 'Name', Value: sub(`\${AWS::StackName}-${name}`) },
  ...tags,
];
