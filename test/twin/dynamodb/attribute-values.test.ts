import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AttributeValue, documentFault } from '../../../src/twin/dynamodb/attribute-values.ts';

const wrap = (kinds: readonly boolean[], value: AttributeValue): AttributeValue =>
  kinds.reduce<AttributeValue>(
    (inner, isMap) => (isMap ? { M: { a: inner, z: { S: '' } } } : { L: [{ S: '' }, inner] }),
    value,
  );

it('lets a scalar stand at level 32 and a map or list at 31, whatever is around them', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 25, maxLength: 40 }), fc.boolean(), (kinds, isMap) => {
      const scalar = documentFault({ id: { S: 'x' }, value: wrap(kinds, { N: '1' }) });
      const container = documentFault({ id: { S: 'x' }, value: wrap(kinds, isMap ? { M: {} } : { L: [] }) });
      expect(scalar).toBe(kinds.length > 31 ? 'nesting' : undefined);
      expect(container).toBe(kinds.length > 30 ? 'nesting' : undefined);
    }),
  );
});

it('finds an empty name at any level', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (kinds) => {
      expect(documentFault({ value: wrap(kinds, { M: { '': { S: 'x' } } }) })).toBe('empty name');
    }),
  );
  expect(documentFault({ '': { S: 'x' } })).toBe('empty name');
});
