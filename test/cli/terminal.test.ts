import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const terminal = pathToFileURL('src/cli/terminal.ts').href;
const program = `
  const { ask } = await import('${terminal}');
  const answers = [];
  for (const question of ['first? ', 'second? ']) answers.push(await ask(question, new AbortController().signal));
  console.log('\\n' + JSON.stringify(answers));
`;

/** The answers that two questions get from this input. */
const answersOf = (input: string): unknown => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    input,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout.split('\n').at(-2) ?? '');
};

it.each([
  ['a line', 'yes \n', ['yes', '']],
  ['a text that ends without a line end', 'no', ['no', '']],
  ['an empty line', '\n', ['', '']],
  ['nothing', '', ['', '']],
])('ask returns %s', (_name, input, answers) => {
  expect(answersOf(input)).toEqual(answers);
});
