import { Command, InvalidArgumentError } from 'commander';
import { region } from './arguments.ts';
import type { VerifyOptions } from './run-verify.ts';

/** `items verify`: tests a deployed API against the conformance suite. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description(
      'Tests the API at a URL against its contract, and prints the result as a checklist. Sends some 1,500 requests and creates ' +
        'some 400 items, and removes these again, also after Ctrl-C. Other items are listed, but never changed.',
    )
    .argument('[url]', 'invoke URL with the stage, as in the output ApiInvokeUrl of the stack')
    .option('--sigv4', 'sign requests (AWS_IAM) with the credentials that the AWS CLI would use')
    .option('--region <name>', "region to sign for (default: the URL's, else AWS_REGION, else the profile's)", region)
    .option('--bearer <token>', 'ID token of a user of the Cognito user pool')
    .option('--api-key <key>', 'value of an API key, also beside --sigv4 or --bearer')
    .option('--origin <origin>', 'where AllowedOrigins is not *: one that it names; repeatable for the others', several)
    .option('--only <group>', 'run this group of cases only; repeatable', several)
    .option(
      '--except <case>',
      'leave this case out, as "group: name"; for endpoints that are not AWS and cannot serve it; repeatable',
      several,
    )
    .option('--list', 'print the groups and their cases, and run none')
    .option('--concurrency <number>', 'cases at once, but for those that run alone', count, 4)
    .option('--json <file>', 'write the result to this file, too, as JSON')
    .allowExcessArguments(false)
    .action(async (url: string | undefined, options: VerifyOptions) => {
      const { runVerify } = await import('./run-verify.ts');
      await runVerify(url, options);
    });

function several(text: string, earlier: readonly string[] = []): string[] {
  return [...earlier, text];
}

function count(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a number from 1 to 99.');
}
