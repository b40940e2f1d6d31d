import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepProtoName } from '../../../src/twin/dynamodb/proto-name.ts';

const kept = { parse: JSON.parse as (text: string) => unknown, stringify: JSON.stringify };
keepProtoName(kept);

/** What dynalite does to attributes. */
const copy = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) result[name] = copy(member);
  return result;
};

it('lets an attribute called __proto__ through a copy by assignment', () => {
  const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', '\0__proto_', '\\u005f_proto__', 'constructor'));
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.constantFrom('__proto__', '\0__proto__', '"__proto__":'),
      fc.array(tie('tree')),
      fc.array(fc.tuple(name, tie('tree'))).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const text = JSON.stringify(value);
      expect(kept.stringify(copy(kept.parse(text)))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
  expect(kept.stringify(copy(kept.parse('{"\\u005f_proto__":1}')))).toBe('{"__proto__":1}');
});
