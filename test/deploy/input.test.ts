import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEnvironment, readEnvironment } from '../../src/deploy/environment.ts';
import { checkParameters } from '../../src/deploy/parameters.ts';
import { deployable, undeletable } from '../../src/deploy/states.ts';
import { parseTemplate, readTemplate } from '../../src/deploy/template.ts';
import { needsBucket } from '../../src/deploy/upload.ts';

describe('an environment', () => {
  const environment = (root: unknown) => parseEnvironment('dev.json', JSON.stringify(root));

  it.each(readdirSync('environments'))('%s goes with both templates', async (file) => {
    const { parameters } = parseEnvironment(file, readFileSync(`environments/${file}`, 'utf8'));
    for (const edition of ['template.yaml', 'template.python.yaml'])
      checkParameters(await readTemplate(edition), parameters);
  });

  it('is a file in UTF-8, with or without a byte order mark', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'items-environments-'));
    const text = '{"stackName":"items","parameters":{"Name":"é"}}';
    const read = (bytes: string | Buffer) => {
      writeFileSync(join(folder, 'a.json'), bytes);
      return readEnvironment('a', folder);
    };
    expect((await read(`\ufeff${text}`)).parameters).toEqual({ Name: 'é' });
    await expect(read(Buffer.from(text, 'latin1'))).rejects.toThrow(
      /a\.json: 0xE9 in line 1 \(byte 44\) is not UTF-8; save it/,
    );
    await expect(read(Buffer.from(text, 'utf16le'))).rejects.toThrow(
      /a\.json: it has a NUL byte in line 1 .*; save it as UTF-8$/,
    );
    rmSync(folder, { recursive: true });
  });

  it('takes numbers, booleans and lists as CloudFormation takes their text', () => {
    const parameters = { Size: 256, On: true, Origins: ['https://a.example', 'https://b.example'] };
    expect(
      environment({ stackName: 'items', region: 'eu-west-1', account: '012345678901', bucket: 'my.bucket-1', parameters }),
    ).toEqual({
      file: 'dev.json',
      stackName: 'items',
      region: 'eu-west-1',
      account: '012345678901',
      bucket: 'my.bucket-1',
      parameters: { Size: '256', On: 'true', Origins: 'https://a.example,https://b.example' },
    });
  });

  it('is told everything that is wrong with it', () => {
    const root = {
      stackName: 'a'.repeat(54),
      region: 'mars',
      account: 12345678901,
      bucket: 'B',
      parameters: { A: {} },
      tags: [],
      stack: 1,
    };
    expect(() => environment(root)).toThrow(
      [
        'dev.json: there is no member stack; the members are stackName, region, account, bucket, parameters, tags',
        `dev.json: stackName must be 1 to 53 of A-Z a-z 0-9 - that begin with a letter, not "${'a'.repeat(54)}"`,
        'dev.json: region must be a name such as eu-west-1, not "mars"',
        'dev.json: account must be 12 digits in quotes, not 12345678901',
        'dev.json: bucket must be 3 to 63 of a-z 0-9 . - that begin and end with a letter or a digit, not "B"',
        'dev.json: parameters.A must be a text, not {}',
        'dev.json: tags must be an object of names and values',
      ].join('\n'),
    );
    expect(() => parseEnvironment('dev.json', '{')).toThrow(/^dev\.json is not JSON: .*; correct it$/);
    expect(() => environment([])).toThrow('dev.json must be an object with stackName and parameters: correct it');
  });
});

describe('a template', () => {
  const body = (bytes: number) => 'Resources: {}\n#'.padEnd(bytes, '.');

  it('may have 1 MB, and without a bucket 51,200 bytes', () => {
    expect(() => parseTemplate('t.yaml', body(1_000_001))).toThrow(
      't.yaml has 1000001 bytes, but CloudFormation takes at most 1000000: shorten it by 1',
    );
    expect(needsBucket(parseTemplate('t.yaml', body(51_200)))).toBe(false);
    expect(needsBucket(parseTemplate('t.yaml', body(51_201)))).toBe(true);
  });

  it('is read as text, in YAML with short forms or in JSON', () => {
    const yaml = 'Parameters: {A: {Type: String, Default: 0.10}}\nResources: {B: !Ref A}';
    expect(parseTemplate('t.yaml', yaml).parameters.get('A')).toEqual({ Type: 'String', Default: '0.10' });
    expect(parseTemplate('t.json', '{"Parameters":{"A":{"Type":"String"}},"Resources":{}}').parameters.has('A')).toBe(true);
  });

  it.each([
    ['foo', 't.yaml: Parameters must be an object of names and declarations; correct it'],
    ['[A]', 't.yaml: Parameters must be an object of names and declarations; correct it'],
    ['{A: String}', 't.yaml: parameter A must be an object with a Type; correct it'],
    ['{A: {Default: x}}', 't.yaml: parameter A has no Type: give it one, such as String'],
    ['{A: {Type: String, AllowedValues: x}}', 't.yaml: parameter A has AllowedValues that are no list of texts; correct it'],
    [
      '{A: {Type: String, Default: [x], AllowedPattern: {}}}',
      't.yaml: parameter A has no text as its Default; correct it\nt.yaml: parameter A has no text as its AllowedPattern; correct it',
    ],
  ])('is rejected with the parameters %s', (parameters, message) => {
    expect(() => parseTemplate('t.yaml', `Parameters: ${parameters}\nResources: {}`)).toThrow(message);
  });

  it('may have no parameters', () => {
    expect(parseTemplate('t.yaml', 'Parameters:\nResources: {}').parameters.size).toBe(0);
  });

  it('is rejected if it is none', () => {
    expect(() => parseTemplate('t.yaml', 'a: [')).toThrow(/^t\.yaml is not YAML or JSON: .*; correct it$/);
    expect(() => parseTemplate('t.yaml', 'text')).toThrow('t.yaml has no Resources: it is not a template');
    expect(() => parseTemplate('t.yaml', '# nothing')).toThrow('t.yaml is empty: name another template with --template');
  });
});

describe('parameters', () => {
  const faults = (given: Readonly<Record<string, string>>): string[] => {
    const body =
      'Parameters:\n  Size: {Type: Number, MinValue: 1, MaxValue: 9}\n  Names: {Type: CommaDelimitedList, Default: a, AllowedPattern: "[a-z]"}\n  Way: {Type: String, Default: up, AllowedValues: [up, down]}\nResources: {}';
    try {
      checkParameters(parseTemplate('t.yaml', body), given);
      return [];
    } catch (error) {
      return (error as Error).message.split('\n');
    }
  };

  it('are fine', () => {
    expect(faults({ Size: '9', Names: 'a, b', Way: 'down' })).toEqual([]);
  });

  it.each(['(?i)up', '\\p{Alpha}+', '[a-z&&[^u]]+', 'a++', '\\Aup\\z'])(
    'are not held against the Java pattern %s',
    (pattern) => {
      const body = JSON.stringify({
        Parameters: { Way: { Type: 'String', AllowedPattern: pattern, MaxLength: 2 } },
        Resources: {},
      });
      const template = parseTemplate('t.json', body);
      expect(() => checkParameters(template, { Way: 'UP' })).not.toThrow();
      expect(() => checkParameters(template, { Way: 'DOWN' })).toThrow('"DOWN" is longer than 2 characters');
    },
  );

  it('are told all faults at once', () => {
    expect(faults({ Size: '10', Names: 'a,B', Way: 'left', Nope: '1' })).toEqual([
      't.yaml has no parameter Nope; its parameters are Size, Names, Way',
      'parameter Size: "10" is more than 9',
      'parameter Names: "B" does not match the pattern [a-z]',
      'parameter Way: "left" is not one of the allowed values up, down',
    ]);
    expect(faults({ Size: 'x' })).toEqual(['parameter Size: "x" is not a number']);
    expect(faults({})).toEqual(['parameter Size: has neither a value nor a default: give it one']);
  });
});

describe('a stack', () => {
  const ready = (status?: string) => {
    const readiness = deployable('dev', 'items', status);
    return 'reason' in readiness ? readiness.reason : readiness.changeSetType;
  };

  it.each([
    [undefined, 'CREATE'],
    ['REVIEW_IN_PROGRESS', 'CREATE'],
    ['CREATE_COMPLETE', 'UPDATE'],
    ['UPDATE_COMPLETE', 'UPDATE'],
    ['UPDATE_ROLLBACK_COMPLETE', 'UPDATE'],
  ])('in the state %s takes a change set of the type %s', (status, type) => {
    expect(ready(status)).toBe(type);
  });

  it.each([
    ['ROLLBACK_COMPLETE', /delete it with "npm run destroy -- dev"/],
    ['ROLLBACK_FAILED', /delete it/],
    ['CREATE_FAILED', /delete it/],
    ['DELETE_FAILED', /finish the deletion/],
    ['UPDATE_ROLLBACK_FAILED', /continue-update-rollback/],
    ['DELETE_IN_PROGRESS', /wait until it has ended/],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', /wait until it has ended/],
    ['NEW_STATE', /describe-stack-events --stack-name items/],
  ])('in the state %s takes none', (status, remedy) => {
    expect(ready(status)).toMatch(remedy);
  });

  it('can be deleted when nothing else is under way', () => {
    expect(undeletable('items', 'UPDATE_IN_PROGRESS')).toMatch(/wait until the operation has ended/);
    for (const status of [
      'CREATE_COMPLETE',
      'DELETE_FAILED',
      'DELETE_IN_PROGRESS',
      'REVIEW_IN_PROGRESS',
      'ROLLBACK_COMPLETE',
    ]) {
      expect(undeletable('items', status)).toBeUndefined();
    }
  });
});
