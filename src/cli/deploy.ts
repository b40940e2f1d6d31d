import { Command, InvalidArgumentError, Option } from 'commander';
import { bucketForm, bucketPattern } from '../deploy/s3.ts';
import { parameter, roleArn } from './arguments.ts';
import { SilentFailure } from './run.ts';

interface Options {
  readonly template?: string;
  readonly edition: 'typescript' | 'python';
  readonly parameter?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly bucket?: string;
  readonly roleArn?: string;
  readonly plan?: true;
  readonly yes?: true;
}

/** `items deploy`: creates or updates the stack of an environment. */
export const deployCommand = (): Command =>
  new Command('deploy')
    .description(
      'Deploys the template as the stack of an environment: shows what changes, asks before anything is replaced or removed, and follows it to the end.',
    )
    .usage('[options] <environment>')
    // Optional, because deployStack lists the existing environments if the name is missing. commander would report only that it
    // is missing.
    .argument(
      '[environment]',
      'name of a file in environments/, such as dev: stackName, region, account, bucket, parameters and tags',
    )
    .addOption(
      new Option('--edition <language>', 'language of the functions: template.yaml or template.python.yaml')
        .choices(['typescript', 'python'])
        .default('typescript'),
    )
    .addOption(new Option('--template <file>', 'another template, YAML or JSON').conflicts('edition'))
    .option(
      '--parameter <Key=Value>',
      "value of one of the template's parameters; overrides the environment; repeatable, the last value is used",
      parameter,
    )
    .option('--region <name>', "AWS region (default: the environment's, then AWS_REGION, then the profile's)")
    .option(
      '--bucket <name>',
      'S3 bucket of the same account and region for a template over 51,200 bytes (default: the environment’s, then one of its own)',
      bucket,
    )
    .option('--role-arn <arn>', 'service role that CloudFormation acts with, from now on', roleArn)
    .option('--plan', 'show the changes of the stack and end; a large template is uploaded all the same')
    .option('--yes', 'do not ask')
    .addHelpText('after', help)
    .allowExcessArguments(false)
    .action(deploy);

const deploy = async (environment: string | undefined, options: Options): Promise<void> => {
  const { template, edition, parameter: parameters = {}, ...others } = options;
  // Imported here, because the AWS SDK takes long to load.
  const [{ deployStack }, { terminalUser }, { outputLines }] = await Promise.all([
    import('../deploy/index.ts'),
    import('./terminal-user.ts'),
    import('./output-lines.ts'),
  ]);
  const request = { ...others, environment: environment ?? '', template: template ?? editions[edition], parameters };
  const deployment = await deployStack(request, terminalUser());
  if (deployment.outcome === 'planned') {
    console.log('Plan only: the stack is not changed. The same command without --plan deploys it.');
    throw new SilentFailure(2);
  }
  for (const line of outputLines(deployment.outputs)) console.log(line);
};

const editions = { typescript: 'template.yaml', python: 'template.python.yaml' } as const;

function bucket(text: string): string {
  if (bucketPattern.test(text)) return text;
  throw new InvalidArgumentError(`The name of a bucket has ${bucketForm}.`);
}

const help = `
Credentials, region and endpoint are found as all AWS tools find them: AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_REGION,
AWS_ENDPOINT_URL, SSO, the role of a container or an instance.

Where the environment leaves them unset, two parameters follow the account, and it is printed why:
  DynamoDbPrefixListId     the region's prefix list of DynamoDB, if NatGateways is None
  ManageApiGatewayAccount  false if API Gateway has a role to log with that is not this stack's

A template over 51,200 bytes is uploaded as items-api/HASH.yaml, to the bucket items-api-templates-ACCOUNT-REGION if none is
named. Where that is missing it is created, after a question or with --yes: private, encrypted, TLS only, templates expire.
Buckets of other accounts are rejected.

Exit codes: 0 deployed, or nothing to change; 1 rejected or failed; 2 with --plan: there are changes; 130 interrupted
(CloudFormation continues with what it has begun).`;
