/** Schema of `Tags` as most types take them: keys of at most 128 characters, values of at most 256. */
export const tagsSchema = {
  type: 'array',
  maxItems: 50,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['Key', 'Value'],
    properties: {
      Key: { type: 'string', minLength: 1, maxLength: 128, pattern: '^(?!aws:)' },
      Value: { type: 'string', maxLength: 256 },
    },
  },
};
