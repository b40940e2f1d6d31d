import { list, object } from '../../../cloudformation/shapes.ts';

/** Schema of `Tags` for most types: keys of at most 128 characters, values of at most 256. */
export const tagsSchema = list(
  object(
    {
      Key: { type: 'string', minLength: 1, maxLength: 128, pattern: '^(?!aws:)' },
      Value: { type: 'string', maxLength: 256 },
    },
    ['Key', 'Value'],
  ),
  { maxItems: 50 },
);
