import { parseArgs } from 'node:util';
import { regionPattern } from '../src/cloudformation/region.ts';
import { bucketForm, bucketPattern } from '../src/deploy/s3.ts';

/** The arguments of the command. */
export interface Arguments {
  readonly profile?: string;
  readonly region?: string;
  readonly bucket?: string;
  readonly yes: boolean;
  /** Path of the report. */
  readonly report: string;
  /** Groups of cases that `items verify` runs; all if empty. */
  readonly only: readonly string[];
  /** Number of cases that `items verify` runs at once. */
  readonly concurrency?: string;
  /** Seconds to wait until a change is visible or a log line arrives. */
  readonly patience: number;
  /** Module that adapts the run to an emulator of AWS. */
  readonly emulator?: string;
}

export const help = `npm run prove -- --profile NAME [OPTIONS]

Proves the project in an AWS account: creates a stack of its own, verifies the API, changes a parameter and a model, switches the
edition, verifies again, deletes the stack and checks that nothing is left. Compares what the account does with what the project
states. Writes a report. Before it creates anything, it prints account, region, duration and cost, and asks.

Options:
  --profile NAME      AWS profile (default: AWS_PROFILE, or other credentials as all AWS tools find them)
  --region NAME       AWS region (default: AWS_REGION, then the profile's)
  --bucket NAME       S3 bucket in that account and region for the templates, passed on to "items deploy"
  --yes               do not ask, also not before the stack is deleted after a failure
  --report FILE       where to write the report (default: docs/proof.md)
  --only GROUP        run this group of cases only when verifying; can be repeated
  --concurrency N     cases at once when verifying
  --patience SECONDS  how long to wait until a change is visible or a log line arrives (default: 180)
  --emulator FILE     module for a run on an emulator of AWS: see prove/emulator.ts
  --help              print this text

After a failure or Ctrl-C the stack is deleted as well. Another Ctrl-C ends the command at once; it then prints what is left.

Exit codes: 0 every step passed, also if facts differ; 1 a step failed; 2 invalid arguments; 130 interrupted.`;

/** Parses the arguments. Returns an error message if they are invalid, and undefined for --help. */
export const parseArguments = (args: readonly string[]): Arguments | string | undefined => {
  const options = {
    help: { type: 'boolean', default: false },
    profile: { type: 'string' },
    region: { type: 'string' },
    bucket: { type: 'string' },
    yes: { type: 'boolean', default: false },
    report: { type: 'string', default: 'docs/proof.md' },
    only: { type: 'string', multiple: true },
    concurrency: { type: 'string' },
    patience: { type: 'string', default: '180' },
    emulator: { type: 'string' },
  } as const;
  try {
    const { help: wantsHelp, patience: seconds, only = [], ...values } = parseArgs({ args: [...args], options }).values;
    if (wantsHelp) return undefined;
    const { region, bucket, concurrency } = values;
    if (region !== undefined && !regionPattern.test(region)) return `--region ${region} is not a name such as eu-west-1`;
    if (bucket !== undefined && !bucketPattern.test(bucket)) return `--bucket ${bucket} does not have ${bucketForm}`;
    if (concurrency !== undefined && !/^[1-9]\d?$/.test(concurrency))
      return `--concurrency ${concurrency} is not from 1 to 99`;
    const patience = Number(seconds);
    if (!/^\d{1,4}$/.test(seconds)) return `--patience ${seconds} is not a number of seconds`;
    return { ...values, only, patience };
  } catch (error) {
    return (error as Error).message;
  }
};
