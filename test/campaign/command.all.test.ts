import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { help, parseArguments } from '../../campaign/arguments.ts';
import type { Row } from '../../campaign/part.ts';
import { parts } from '../../campaign/parts.ts';
import { resultsTable, wrongLines } from '../../campaign/report/table.ts';
import { section } from '../../campaign/report/write.ts';

describe('npm run campaign', () => {
  it.each([
    [
      'an unknown part',
      ['--only', 'rain'],
      /^--only rain is none of faults, races, histories, tags, fuzz, kills, disk, corruption, signals, soak$/,
    ],
    ['an unknown edition', ['--edition', 'java'], /^--edition java is none of typescript, python$/],
    ['an unknown option', ['--fast'], /^Unknown option '--fast'/],
    ['an invalid seed', ['--seed=-1'], /^--seed -1 is not a whole number below 2\^32$/],
    ['to write a partial run', ['--write', '--short'], /^--write needs a complete run, /],
  ])('rejects %s', (_name, args, message) => {
    expect(parseArguments(args)).toMatch(message);
  });

  it('runs everything by default, and what it is asked for', () => {
    expect(parseArguments([])).toMatchObject({ editions: ['typescript', 'python'], parts, short: false, write: false });
    const args = ['--short', '--edition', 'python', '--only', 'tags', '--only', 'fuzz', '--seed', '7', '--match', 'PUT'];
    const chosen = parts.filter(({ name }) => name === 'tags' || name === 'fuzz');
    const expected = { editions: ['python'], parts: chosen, seed: 7, short: true, match: 'PUT', write: false };
    expect(parseArguments(args)).toEqual(expected);
  });

  it('describes its parts with --help', () => {
    expect(parseArguments(['--help', '--only', 'rain'])).toBeUndefined();
    for (const { name } of parts) expect(help).toContain(`\n  ${name} `);
  });

  it('exits with 2 after invalid arguments, before anything starts', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['campaign/index.ts', '--fast'], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^Unknown option '--fast'.*; see --help\n$/);
  });
});

describe('the report', () => {
  const wrong = Array.from({ length: 25 }, (_, index) => ({
    subject: `PUT; case ${index}`,
    why: `${400 + (index % 2)}, but the item existed: item-${index}`,
  }));
  const rows: Row[] = [
    { part: 'faults', edition: 'typescript', tried: '1256 faulty requests', wrong: [], slowest: 9949 },
    { part: 'faults', edition: 'python', tried: '1256 faulty requests', wrong, slowest: 12_345 },
  ];

  it('is a table', () => {
    expect(resultsTable(rows).split('\n').slice(2)).toEqual([
      '| faults | TypeScript | 1,256 faulty requests | 0 | 9.9 s |',
      '| faults | Python | 1,256 faulty requests | **25** | 12.3 s |',
    ]);
  });

  it('lists wrong cases with what it takes to repeat them, and counts all by reason', () => {
    const lines = wrongLines(rows, 7);
    expect(lines[0]).toBe('wrong: faults, python, seed 7: PUT; case 0: 400, but the item existed: item-0');
    expect(lines.filter((line) => line.startsWith('wrong: '))).toHaveLength(20);
    expect(lines.slice(20)).toEqual([
      '25 wrong in faults, python, by reason:',
      '  13 × 400, but the item existed',
      '  12 × 401, but the item existed',
    ]);
  });

  it('has the command with the seed, the date, the commit and the machine', () => {
    const machine = { processor: 'Chip', cores: 2, memory: 8, system: 'Linux 6.1', node: 'v24.1.0', python: 'Python 3.13' };
    const text = section({ date: '2026-11-28', commit: 'abc1234', machine, seed: 7, duration: 270, parts, rows });
    expect(text).toContain('`npm run campaign -- --seed 7`: 4.5 minutes on 2026-11-28, commit abc1234; 2 × Chip');
    for (const { name, title } of parts) expect(text).toContain(`- **${name}**: ${title}.`);
  });
});
