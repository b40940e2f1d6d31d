import { costLines } from './cost.ts';
import type { Step } from './steps.ts';

/** The actions of a run, and the account and region. */
export interface Plan {
  readonly account: string;
  readonly caller: string;
  readonly region: string;
  /** Endpoint to which requests are sent instead of AWS. */
  readonly endpoint?: string;
  readonly stackName: string;
  readonly steps: readonly Pick<Step, 'title' | 'minutes'>[];
}

/** Returns the text that is printed before anything is created. */
export const preamble = ({ account, caller, region, endpoint, stackName, steps }: Plan): string[] => {
  const [from, to] = totalMinutes(steps);
  return [
    `account   ${account}`,
    `region    ${region}`,
    `caller    ${caller}`,
    ...(endpoint === undefined ? [] : [`endpoint  ${endpoint}: this is not AWS, and the report says so`]),
    `stack     ${stackName}, created and deleted again, with a VPC, an elastic IP address, an API, five functions and a table`,
    'bucket    the templates go to --bucket, else to the bucket that "items deploy" creates for them, which stays',
    '',
    ...steps.map(({ title, minutes }, index) => `${String(index + 1).padStart(2)}. ${title} (${range(minutes)})`),
    '',
    `Duration: ${from} to ${to} minutes, estimated. Deleting takes 20 to 40 of them, because Lambda releases its network interfaces late.`,
    `Cost: ${costLines(to).join('\n')}`,
    'If the region has no logging role of API Gateway, the stack sets one; deleting the stack deletes the role, but not the setting.',
    '',
  ];
};

/** Formats a range of minutes, such as `2 to 5 min`. */
export const range = ([from, to]: Step['minutes']): string => (to <= 1 ? 'up to 1 min' : `${from} to ${to} min`);

/** Returns the minimum and maximum minutes of all steps. */
export const totalMinutes = (steps: readonly Pick<Step, 'minutes'>[]): [number, number] => [
  steps.reduce((sum, { minutes }) => sum + minutes[0], 0),
  steps.reduce((sum, { minutes }) => sum + minutes[1], 0),
];
