import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../src/local/template/template.ts';
import { fold, type Loop } from '../../src/stack/fold.ts';
import { loops } from '../../src/stack/loops.ts';
import { renderTemplate } from '../../src/stack/render.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { edition } from './edition.ts';

const built = buildTemplate(edition);
const folded = fold(built, loops(built.hash));
const loop: Loop = { section: 'Resources', name: 'L', identifier: 'X', values: ['Ax', 'Bx'], ids: ['*Thing'], mapping: 'M' };
const thing = (value: unknown) => ({ Type: 'T', Properties: { value } });
const foldTwo = (a: unknown, b: unknown) =>
  fold({ template: { Resources: { AxThing: thing(a), BxThing: thing(b) } }, comments: {} }, [loop]).template;
const bodyOf = (a: unknown, b: unknown) => {
  const [, , fragment] = foldTwo(a, b).Resources['Fn::ForEach::L'] as unknown as [string, string[], Record<string, unknown>];
  return (fragment['${X}Thing'] as { Properties: { value: unknown } }).Properties.value;
};

/** The template with mappings looked up, and substitutions without variables and parts that stay the same. */
const resolved = (template: ReturnType<typeof parseTemplate>): unknown => {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, resolve(inner)] as const);
    const [[name, argument] = []] = entries;
    if (name === 'Fn::FindInMap') {
      const [map = '', row = '', column = ''] = argument as string[];
      return (template.mappings.get(map) as Record<string, Record<string, unknown>>)[row]?.[column];
    }
    if (name === 'Fn::Sub' && Array.isArray(argument)) {
      const [text, variables] = argument as [string, Record<string, unknown>];
      const literal = ([, inner]: [string, unknown]): boolean => typeof inner === 'string';
      const left = Object.entries(variables).filter((entry) => !literal(entry));
      const filled = Object.entries(variables)
        .filter(literal)
        .reduce((all, [variable, inner]) => all.replaceAll(`\${${variable}}`, String(inner)), text);
      return { 'Fn::Sub': left.length ? [filled, Object.fromEntries(left)] : filled };
    }
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, key === 'Fn::Select' ? (inner as unknown[]).map(String) : inner]),
    );
  };
  return resolve({ resources: Object.fromEntries(template.resources), outputs: Object.fromEntries(template.outputs) });
};

describe('fold', () => {
  it('gives a template that expands to what was folded', () => {
    const before = parseTemplate(JSON.stringify(built.template));
    const after = parseTemplate(renderTemplate(folded, 'x'));
    expect([...after.resources.keys()].sort()).toEqual([...before.resources.keys()].sort());
    expect(resolved(after)).toEqual(resolved(before));
  });

  it('takes a quarter off', () => {
    const [long, short] = [built, folded].map((template) => renderTemplate(template, 'x').length);
    expect((short ?? 0) / (long ?? 1)).toBeLessThan(0.75);
  });

  it('leaves what is the same, names the identifier where it is a part, and puts the rest into a mapping', () => {
    expect(bodyOf([1, 'a'], [1, 'a'])).toEqual([1, 'a']);
    expect(bodyOf('Ax', 'Bx')).toEqual({ Ref: 'X' });
    expect(bodyOf('to-Ax', 'to-Bx')).toEqual({ 'Fn::Sub': 'to-${X}' });
    expect(bodyOf({ Ref: 'AxThing' }, { Ref: 'BxThing' })).toEqual({ Ref: { 'Fn::Sub': '${X}Thing' } });
    expect(bodyOf({ 'Fn::Sub': 'Ax-${AWS::Region}' }, { 'Fn::Sub': 'Bx-${AWS::Region}' })).toEqual({
      'Fn::Sub': '${X}-${AWS::Region}',
    });
    expect(bodyOf(['one'], ['two'])).toEqual([{ 'Fn::FindInMap': ['M', { Ref: 'X' }, 'value'] }]);
    expect(foldTwo('one', 'two').Mappings).toEqual({ M: { Ax: { value: 'one' }, Bx: { value: 'two' } } });
    expect(bodyOf({ 'Fn::Sub': '${S}/one/x' }, { 'Fn::Sub': '${S}/two/x' })).toEqual({
      'Fn::Sub': ['${S}/${value}/x', { value: { 'Fn::FindInMap': ['M', { Ref: 'X' }, 'value'] } }],
    });
  });

  it('keeps placeholders whole and text that only looks like one as it is', () => {
    expect(bodyOf('Ax says ${name}', 'Bx says ${name}')).toEqual({ 'Fn::FindInMap': ['M', { Ref: 'X' }, 'value'] });
    expect(bodyOf({ 'Fn::Sub': '${StageOne}/x' }, { 'Fn::Sub': '${StageTwo}/x' })).toEqual({
      'Fn::Sub': ['${value}/x', { value: { 'Fn::FindInMap': ['M', { Ref: 'X' }, 'value'] } }],
    });
  });

  it('puts no function where CloudFormation wants a literal', () => {
    const two = (a: object, b: object, section: 'Resources' | 'Outputs' = 'Resources') =>
      fold({ template: { Resources: {}, [section]: { AxThing: a, BxThing: b } }, comments: {} }, [{ ...loop, section }]);
    expect(() => two({ DependsOn: ['Ax'] }, { DependsOn: ['Bx'] })).toThrow('Loop L: DependsOn must be the same');
    expect(() => two({ Type: 'Ax' }, { Type: 'Bx' })).toThrow('Loop L: Type must be the same');
    expect(() => two({ Description: 'Ax' }, { Description: 'Bx' }, 'Outputs')).toThrow(
      'Loop L: Description must be the same',
    );
    expect(() => foldTwo({ 'Fn::If': ['AxOn', 1, 2] }, { 'Fn::If': ['BxOn', 1, 2] })).toThrow('must be the same');
    expect(two({ Condition: 'AxOn' }, { Condition: 'BxOn' }).template.Resources).toEqual({
      'Fn::ForEach::L': ['X', ['Ax', 'Bx'], { '${X}Thing': { Condition: { 'Fn::Sub': '${X}On' } } }],
    });
  });

  it('gives loops as CloudFormation reads them', () => {
    for (const section of [folded.template.Resources, folded.template.Outputs] as Record<string, unknown>[]) {
      for (const [key, value] of Object.entries(section).filter(([name]) => name.startsWith('Fn::ForEach::'))) {
        const [identifier, values, fragment] = value as [string, string[], Record<string, object>];
        expect(
          values.every((text) => /^[A-Za-z0-9]+$/.test(text)),
          key,
        ).toBe(true);
        for (const [id, member] of Object.entries(fragment)) {
          if (id.startsWith('Fn::ForEach::')) continue;
          expect(id).toContain(`\${${identifier}}`);
          // A map whose first key is Condition would be taken for the function of that name.
          expect(Object.keys(member)[0], id).not.toBe('Condition');
        }
      }
    }
  });

  describe('with a loop within each turn', () => {
    const inner = { name: 'I', identifier: 'Y', values: ['P', 'Q'], ids: ['${X}*'] };
    const foldNested = (names: (x: string, y: string) => Record<string, unknown>) =>
      fold(
        {
          template: {
            Resources: Object.fromEntries(
              ['Ax', 'Bx'].flatMap((x) => ['P', 'Q'].map((y) => [`${x}${y}`, { Type: 'T', Properties: names(x, y) }])),
            ),
          },
          comments: {},
        },
        [{ ...loop, ids: ['*P', '*Q'], inner: [inner] }],
      ).template;

    it('has one of the other in each fragment', () => {
      const { Resources, Mappings } = foldNested((x, y) => ({
        name: { 'Fn::Sub': `\${S}-${x}-${y}` },
        kind: y,
        of: { Ref: x },
      }));
      const properties = { name: { 'Fn::Sub': '${S}-${X}-${Y}' }, kind: { Ref: 'Y' }, of: { Ref: { Ref: 'X' } } };
      expect(Resources).toEqual({
        'Fn::ForEach::L': [
          'X',
          ['Ax', 'Bx'],
          { 'Fn::ForEach::I': ['Y', ['P', 'Q'], { '${X}${Y}': { Type: 'T', Properties: properties } }] },
        ],
      });
      expect(Mappings).toEqual({});
    });

    it('has no mapping for the inner one', () => {
      expect(() => foldNested((_, y) => ({ size: y === 'P' ? 1 : 2 }))).toThrow(
        'Loop I: size of ${X} differs, and an inner loop has no mapping',
      );
    });
  });

  it('leaves no Fn::Sub to the transform that has an identifier beside what only a stack knows', () => {
    const subs = [...JSON.stringify(folded.template).matchAll(/"Fn::Sub":"([^"]*)"/g)].map(([, text = '']) =>
      [...text.matchAll(/\$\{([^}]+)\}/g)].map(([, name = '']) => name),
    );
    const identifiers = new Set(
      loops(built.hash).flatMap(({ identifier, inner = [] }) => [identifier, ...inner.map((one) => one.identifier)]),
    );
    expect(subs.filter((names) => names.some((name) => identifiers.has(name))).length).toBeGreaterThan(5);
    expect(subs.filter((names) => new Set(names.map((name) => identifiers.has(name))).size > 1)).toEqual([]);
  });

  it('refuses members of different shapes, and members that are not there, by name', () => {
    expect(() => foldTwo({ a: 1 }, { b: 1 })).toThrow('Loop L: members differ in the shape of value');
    expect(() => foldTwo([1], [1, 2])).toThrow('Loop L: members differ in the shape of value');
    expect(() => fold({ template: { Resources: { AxThing: thing(1) } }, comments: {} }, [loop])).toThrow(
      'Loop L has the member BxThing, which the template does not have',
    );
  });
});
