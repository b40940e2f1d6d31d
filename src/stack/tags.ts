import { type Properties, ref, sub } from './cloudformation.ts';

/** The parameters whose values become tags of the same name. */
export const tagParameters = ['Project', 'Owner'] as const;

/** The tags of every resource that takes tags. */
export const tags: readonly Properties[] = tagParameters.map((Key) => ({ Key, Value: ref(Key) }));

/** The same tags, and the one that consoles show as the resource's name. */
export const namedTags = (name: string): readonly Properties[] => [
  { Key: 'Name', Value: sub(`\${AWS::StackName}-${name}`) },
  ...tags,
];
