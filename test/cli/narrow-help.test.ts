import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { narrowHelp } from '../../src/cli/narrow-help.ts';

const help = (helpWidth: number): string =>
  new Command('items')
    .configureHelp({ ...narrowHelp, helpWidth })
    .option('--dynamodb-endpoint <url>', 'DynamoDB endpoint to use, such as DynamoDB Local, instead of the built-in one')
    .option('--flag')
    .helpInformation();

describe('help', () => {
  it('has descriptions below their terms in a narrow terminal, and breaks no word', () => {
    expect(help(40)).toContain(
      '\n  --dynamodb-endpoint <url>\n      DynamoDB endpoint to use, such as\n      DynamoDB Local, instead of the\n      built-in one\n  --flag\n  -h, --help\n',
    );
    for (const line of help(40).split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('has two columns in a wide one', () => {
    expect(help(80)).toMatch(
      /^ {2}--dynamodb-endpoint <url> {2}DynamoDB endpoint to use, such as DynamoDB Local,\n {29}instead of /m,
    );
  });
});
