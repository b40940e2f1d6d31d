import type { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Comments of a template, by logical id or by the name of a section. */
export type Comments = Readonly<Record<string, string>>;

const metadataType = 'template-comment';

/** Has the template say `text` above a construct: where a section begins, or why a thing is as it is. */
export const comment = <T extends IConstruct>(construct: T, text: string): T => {
  construct.node.addMetadata(metadataType, text);
  return construct;
};

/** Every comment of a stack. Construct ids are logical ids, as all constructs are direct children of the stack. */
export const commentsOf = (stack: Stack): Comments =>
  Object.fromEntries(
    stack.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata.filter(({ type }) => type === metadataType).map(({ data }) => [node.id, String(data)]),
      ),
  );
