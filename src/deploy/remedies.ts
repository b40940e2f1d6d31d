/** Remedies for CloudFormation's reasons of failures, the more specific ones first. */
const remedies: readonly { readonly of: RegExp; readonly type?: string; readonly remedy: string }[] = [
  {
    of: /CloudWatch Logs role ARN/i,
    remedy:
      'API Gateway has no role to log with in this region: deploy with --parameter ManageApiGatewayAccount=true, or set a role in the account',
  },
  {
    of: /S3 error: Access ?Denied/i,
    remedy: 'CloudFormation reads the template with your permissions: ask for s3:GetObject on items-api/* in the bucket',
  },
  {
    of: /not authorized to perform:? (\S+)/i,
    remedy: 'ask for the permission {1}, or choose an AWS_PROFILE that has it',
  },
  {
    of: /access ?denied|UnauthorizedOperation|is not authorized/i,
    remedy: 'ask for the permission, or choose an AWS_PROFILE that has it',
  },
  {
    of: /already ?exists/i,
    type: 'AWS::DynamoDB::Table',
    remedy: 'there is a table of this name: choose another EnvironmentSuffix, or delete that table if nobody needs it',
  },
  {
    of: /already ?exists/i,
    remedy:
      'a resource with this name exists: delete it if nobody needs it, or choose another stackName and EnvironmentSuffix',
  },
  {
    of: /maximum number of addresses|AddressLimitExceeded/i,
    remedy:
      'the region has no Elastic IP left: release one, ask for a higher quota, or deploy with --parameter NatGateways=None, which needs none',
  },
  {
    of: /maximum number of VPCs|VpcLimitExceeded/i,
    remedy: 'the region has as many VPCs as its quota allows: delete one, or ask for a higher quota',
  },
  {
    of: /NatGatewayLimitExceeded|maximum number of (NAT|internet) gateways|InternetGatewayLimitExceeded/i,
    remedy: 'the region has as many gateways as its quota allows: delete one, or ask for a higher quota',
  },
  {
    of: /UnreservedConcurrentExecution|ReservedConcurrentExecutions/i,
    remedy: 'the account has too little concurrency to reserve: leave ReservedConcurrency empty, or ask for a higher quota',
  },
  {
    of: /has a dependent object|DependencyViolation|currently in use|network interface/i,
    remedy: 'something still uses it, often a network interface of Lambda: wait up to 40 minutes, and try again',
  },
  {
    of: /deletion protection|DeletionProtection/i,
    remedy: 'deploy with --parameter DeletionProtection=false first',
  },
  {
    of: /KMS|kms:/,
    remedy: 'the policy of the key must let the service use it, as docs/operations.md says',
  },
  {
    of: /Rate exceeded|Throttling|TooManyRequests/i,
    remedy: 'AWS throttled CloudFormation: try again',
  },
  {
    of: /size.*(exceed|limit)|exceeds? .*bytes/i,
    remedy: 'give --bucket with a bucket of the same account and region',
  },
];

/** Returns the remedy in the form `: …`, or an empty string. `type` is that of the failed resource. */
export const remedyFor = (reason: string, type?: string): string => {
  for (const { of, type: ofType = type, remedy } of remedies) {
    const match = ofType === type ? of.exec(reason) : null;
    if (match) return `: ${remedy.replace('{1}', match[1] ?? '')}`;
  }
  return '';
};
