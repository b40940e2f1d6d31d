import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { entities } from '../../src/contract/entities.ts';
import { type Operation, operations } from '../../src/contract/operations.ts';
import { queryParameters, requestHeaders } from '../../src/contract/parameters.ts';
import { type Problem, problems, problemType } from '../../src/contract/problems.ts';
import { responseHeaders } from '../../src/contract/responses.ts';
import { openApiDocument } from '../../src/openapi/document.ts';

const text = readFileSync('openapi.yaml', 'utf8');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const document = openApiDocument(version);
const { components, paths } = document;

describe('openapi.yaml', () => {
  it('is the document, by parsers of YAML 1.2 and 1.1 alike', () => {
    const expected = JSON.parse(JSON.stringify(document));
    expect(parse(text)).toEqual(expected);
    expect(parse(text, { version: '1.1' })).toEqual(expected);
    expect(load(text)).toEqual(expected);
  });

  it('has every operation with its statuses, parameters and body', () => {
    const rows: readonly Operation[] = operations;
    expect(Object.values(paths).flatMap(Object.values)).toHaveLength(rows.length);
    for (const { entity, method, path, success, problems: own, query = [], headers = [], hasModel = false } of rows) {
      const operation = paths[path]?.[method.toLowerCase()];
      const statuses = Object.keys(operation?.responses ?? {});
      expect(statuses).toEqual(
        expect.arrayContaining([...success.map(({ status }) => String(status)), '4XX', '5XX', '500', '503']),
      );
      expect(statuses).toEqual(expect.arrayContaining(own.map((slug) => String((problems[slug] as Problem).status))));
      const queries = query.map((one) => (entity.indexes?.includes(one) ? `${entity.name}.${one}` : one));
      const names = operation?.parameters?.map(({ $ref }) => $ref.replace(/^.*\//, ''));
      expect(names).toEqual([...(path.includes('{id}') ? ['id'] : []), ...queries, ...headers, 'X-Correlation-Id']);
      expect(operation?.requestBody !== undefined).toBe(hasModel);
    }
  });

  it('has every parameter and header of the contract', () => {
    expect(Object.keys(components.parameters)).toEqual([
      'id',
      ...Object.keys(queryParameters),
      ...entities.flatMap(({ name, indexes = [] }) => indexes.map((attribute) => `${name}.${attribute}`)),
      ...Object.keys(requestHeaders),
      'X-Correlation-Id',
    ]);
    expect(Object.keys(components.headers)).toEqual(Object.keys(responseHeaders));
  });

  it('has every problem, with an example where it can occur', () => {
    expect(Object.keys(components.examples)).toEqual(Object.keys(problems));
    const shown = new Set([...text.matchAll(/\$ref: '#\/components\/examples\/([\w-]+)'/g)].map(([, slug]) => slug));
    expect([...shown].sort()).toEqual(Object.keys(problems).sort());
    for (const slug of Object.keys(problems) as (keyof typeof problems)[])
      expect(text).toContain(`- ${problemType(slug)}\n`);
  });

  it('refers only to what there is, and has no component that nothing refers to', () => {
    const references = new Set([...text.matchAll(/\$ref: '?#\/components\/([\w-]+\/[\w.-]+)'?/g)].map(([, name]) => name));
    const { securitySchemes, ...rest } = components;
    const names = Object.entries(rest).flatMap(([kind, all]) => Object.keys(all).map((name) => `${kind}/${name}`));
    expect([...references].sort()).toEqual(names.sort());
    expect(Object.keys(securitySchemes).sort()).toEqual(
      [...new Set(document.security.flatMap((alternative) => Object.keys(alternative)))].sort(),
    );
  });

  it('has examples that its schemas accept', () => {
    const ajv = new Ajv2020.default({ validateFormats: false, allowUnionTypes: true, keywords: ['components'] });
    const faults: string[] = [];
    const check = (schema: object, value: unknown, where: string): void => {
      if (!ajv.validate({ ...schema, components }, value)) faults.push(`${where}: ${ajv.errorsText()}`);
    };
    let checked = 0;
    const walk = (node: unknown, where: string): void => {
      if (typeof node !== 'object' || node === null) return;
      const { schema, example, examples } = node as Record<string, object | undefined>;
      if (schema && example !== undefined) check(schema, example, where);
      for (const [name, entry] of Object.entries((schema && examples) ?? {})) {
        const { $ref, value } = entry as { $ref?: string; value?: unknown };
        check(schema as object, $ref ? components.examples[$ref.replace(/^.*\//, '')]?.value : value, `${where} ${name}`);
        checked++;
      }
      for (const [name, child] of Object.entries(node)) walk(child, `${where}/${name}`);
    };
    walk(document, '');
    expect(faults).toEqual([]);
    expect(checked).toBeGreaterThan(50);
  });
});
