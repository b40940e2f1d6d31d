import type { Resources } from './cloudformation.ts';
import { SynthError } from './code/synth-error.ts';
import { commented, commentOf } from './comment.ts';

/** Resources that belong together. In the template they stand one below the other, under a heading. */
export interface Group {
  /** One line, such as `UpdateItem: PUT /items/{id}`. */
  readonly heading: string;
  /** Text for the reader before the first resource, in lines as they are written. */
  readonly text?: string;
  readonly resources: Resources;
}

/** The resources of all groups; the first of each group carries its heading as a comment. Throws if a logical id comes twice. */
export const mergeGroups = (groups: readonly Group[]): Resources => {
  const merged: Record<string, Resources[string]> = {};
  for (const { heading, text, resources } of groups) {
    for (const [index, [logicalId, resource]] of Object.entries(resources).entries()) {
      if (logicalId in merged)
        throw new SynthError(
          `two resources have the logical id ${logicalId}: change the name or path of an entity in src/contract/entities.ts, or of an operation in src/contract/operations.ts`,
        );
      const paragraphs = [rule, heading, rule, text?.replaceAll('\n', ' '), commentOf(resource)];
      const title = paragraphs.filter((paragraph) => paragraph !== undefined).join('\n');
      merged[logicalId] = index === 0 ? commented(title, resource) : resource;
    }
  }
  return merged;
};

const rule = '-'.repeat(114);
