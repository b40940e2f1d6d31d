import type { Accepted } from './judge.ts';

/**
 * Known vulnerabilities that do not fail the check until the day `until`, each with the reason. Review an entry on that day:
 * there may be an update, or the reason may no longer apply.
 */
export const accepted: readonly Accepted[] = [
  {
    file: 'scripts/dynamodb-local.sha256',
    reason:
      'AWS chooses what DynamoDB Local contains, and there is no other. It runs for two minutes in check:dynamodb-local, in memory, and has data of tests only.',
    until: '2027-05-31',
  },
  {
    file: 'bench/peers-offline/package-lock.json',
    reason:
      'Serverless Framework 3 is the last version that runs without an account. Only the benchmark starts it, on 127.0.0.1, with no data but its own.',
    until: '2027-05-31',
  },
];
