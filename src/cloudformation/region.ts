/** Pattern of a region name, such as eu-west-1, us-gov-west-1 or eusc-de-east-1, for use in a longer pattern. */
export const regionForm = '[a-z]{2,4}(?:-[a-z]+)+-\\d';

export const regionPattern = new RegExp(`^${regionForm}$`);

/** Returns the partition of a region, as in ARNs. */
export const partitionOf = (region: string): string =>
  partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';

const partitions = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
] as const;
