import { describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import type { CommentedTemplate } from '../../src/stack/cloudformation.ts';
import { editions } from '../../src/stack/editions.ts';
import { fold } from '../../src/stack/fold.ts';
import { loops } from '../../src/stack/loops.ts';
import { renderTemplate } from '../../src/stack/render.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { parseTemplate } from './parse.ts';

const render = (file: string): { built: CommentedTemplate; yaml: string } => {
  const edition = editions[file]?.();
  if (!edition) throw new Error(`no ${file}`);
  const built = buildTemplate(edition);
  return { built, yaml: renderTemplate(fold(built, loops(built.hash)), 'heading') };
};
const [typescript, python] = [render('template.yaml'), render('template.python.yaml')];

/** Paths to what differs. */
const differences = (a: unknown, b: unknown, path = ''): string[] => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b) ? [] : [path];
  if (JSON.stringify(Object.keys(a)) !== JSON.stringify(Object.keys(b))) return [`keys of ${path}`];
  return Object.keys(a).flatMap((key) =>
    differences((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], path ? `${path}/${key}` : key),
  );
};

describe('the editions', () => {
  it('differ in Runtime and inline code, and in nothing else', () => {
    expect(differences(typescript.built, python.built)).toEqual([
      ...operations.flatMap(({ name }) => [
        `template/Resources/${name}Function/Properties/Code/ZipFile/Fn::Join/1/1`,
        `template/Resources/${name}Function/Properties/Runtime`,
      ]),
      'template/Mappings/Functions/Shared/Code',
    ]);
  });

  it('differ as little in their files', () => {
    expect(differences(parseTemplate(typescript.yaml), parseTemplate(python.yaml))).toEqual([
      'Mappings/Functions/Shared/Code',
      ...operations.map(({ name }) => `Mappings/Operations/${name}/Code`),
      'Resources/Fn::ForEach::Operations/2/${Operation}Function/Properties/Runtime',
    ]);
    const outsideOfCode = (yaml: string) =>
      yaml.replace(/^( +)Code: \|\n(?:\1 .*\n|\n(?=\1 |\n))*/gm, '').replace(/Runtime: .*/, '');
    expect(outsideOfCode(python.yaml)).toBe(outsideOfCode(typescript.yaml));
  });

  it.each([
    ['template.yaml', typescript],
    ['template.python.yaml', python],
  ])('%s has code as it is in the source after it was parsed', (file, { yaml }) => {
    const { Mappings } = parseTemplate(yaml) as unknown as {
      Mappings: Record<string, Record<string, Record<string, string>>>;
    };
    const { shared, handlers } = editions[file]?.().code ?? { shared: '', handlers: new Map() };
    expect(Mappings.Functions?.Shared?.Code).toBe(shared);
    for (const { name, handler } of operations) expect(Mappings.Operations?.[name]?.Code).toBe(handlers.get(handler));
  });
});
