/** The form of a region's name, be it eu-west-1, us-gov-west-1 or eusc-de-east-1, to be part of a longer pattern. */
export const regionForm = '[a-z]{2,4}(?:-[a-z]+)+-\\d';

export const regionPattern = new RegExp(`^${regionForm}$`);

/** The partition of a region, as ARNs name it. */
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
