import { Command } from 'commander';
import { roleArn } from './arguments.ts';

interface Options {
  readonly region?: string;
  readonly roleArn?: string;
  readonly removeBucket?: true;
  readonly yes?: true;
}

/** `items destroy`: deletes the stack of an environment, and reports what remains. */
export const destroyCommand = (): Command =>
  new Command('destroy')
    .description(
      'Deletes the stack of an environment with all its data: lists what will be deleted, asks for the name of the stack, follows the deletion, and names what is left, if anything is.',
    )
    .usage('[options] <environment>')
    // Optional, because destroyStack lists the existing environments if the name is missing. commander would report only that it
    // is missing.
    .argument('[environment]', 'name of a file in environments/, such as dev')
    .option('--region <name>', "AWS region (default: the environment's, then AWS_REGION, then the profile's)")
    .option(
      '--role-arn <arn>',
      'service role that CloudFormation acts with (default: the one that it was deployed with)',
      roleArn,
    )
    .option('--remove-bucket', 'also delete the bucket of templates that deploy created, which other stacks may use')
    .option('--yes', 'do not ask; also deletes log groups that came back after the deletion')
    .addHelpText('after', help)
    .allowExcessArguments(false)
    .action(destroy);

const destroy = async (environment: string | undefined, options: Options): Promise<void> => {
  // Imported here, because the AWS SDK takes long to load.
  const [{ destroyStack }, { terminalUser }, { operations }] = await Promise.all([
    import('../deploy/index.ts'),
    import('./terminal-user.ts'),
    import('../contract/operations.ts'),
  ]);
  const functions = operations.map(({ name }) => name);
  await destroyStack({ ...options, environment: environment ?? '', functions }, terminalUser());
};

const help = `
Credentials, region and endpoint are found as all AWS tools find them: AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_REGION,
AWS_ENDPOINT_URL, SSO, the role of a container or an instance.

Lambda can take 20 to 40 minutes to delete its network interfaces. CloudFormation waits for them.

Without such a stack it looks for what one has left: resources with its tag, and log groups. So a look that was not possible
or not finished can be made again; it needs the permissions tag:GetResources and logs:DescribeLogGroups.

Exit codes: 0 nothing is left; 1 rejected, failed, something is left, or whether anything is left is not known; 130 interrupted
(CloudFormation continues with a deletion that it has begun).`;
