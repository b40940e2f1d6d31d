import { expect, it } from 'vitest';
import { Unreachable } from '../../audit/finding.ts';
import { readReport } from '../../audit/npm.ts';
import type { Package } from '../../audit/packages.ts';

const tar = (path: string): Package => ({
  ...{ ecosystem: 'npm', name: 'tar', version: '6.0.0', file: 'package-lock.json', runsFor: 'users' },
  path,
});
const packages = [tar('node_modules/tar'), tar('node_modules/a/node_modules/tar')];

it('findings are those of the report, for the paths that it names', () => {
  const advisory = { url: 'https://github.com/advisories/GHSA-1', title: 'It escapes', severity: 'high' };
  const vulnerabilities = {
    tar: { via: [advisory], nodes: ['node_modules/a/node_modules/tar'] },
    a: { via: ['tar'], nodes: ['node_modules/a'] },
  };
  expect(readReport(JSON.stringify({ vulnerabilities }), packages)).toEqual([
    { source: 'npm audit', ids: ['GHSA-1'], severity: 'high', summary: 'It escapes', package: packages[1] },
  ]);
});

it('a registry that has no advisories is told apart from one that knows none', () => {
  expect(readReport('{"vulnerabilities":{}}', packages)).toEqual([]);
  const message = '405 Method Not Allowed - POST https://registry.example/-/npm/v1/security/advisories/bulk';
  expect(() => readReport(JSON.stringify({ message }), packages)).toThrow(new Unreachable('405 Method Not Allowed'));
  for (const output of ['', 'npm error', '{}'])
    expect(() => readReport(output, packages)).toThrow(new Unreachable('no report'));
});
