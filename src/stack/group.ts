import type { Resources } from './cloudformation.ts';
import { SynthError } from './code/synth-error.ts';
import { commented, commentOf } from './comment.ts';

/** Resources that belong together. The template lists them one after the other, under a heading. */
export interface Group {
  /** One line, such as `UpdateItem: PUT /items/{id}`. */
  readonly heading: string;
  /** Text for the reader before the first resource. Line breaks become spaces. */
  readonly text?: string;
  readonly resources: Resources;
}

/**
 * Returns the resources of all groups. The first of each group has the heading as its comment. Throws if two have the same
 * logical id.
 */
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
