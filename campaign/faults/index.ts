import { bodyFaults } from './body.ts';
import { connectionFaults } from './connection.ts';
import type { Fault } from './fault.ts';
import { rejectionFaults } from './rejections.ts';
import { silenceFaults } from './silence.ts';
import { statusFaults } from './status.ts';

/** All kinds of faults. */
export const faults: readonly Fault[] = [
  ...connectionFaults,
  ...silenceFaults,
  ...statusFaults,
  ...bodyFaults,
  ...rejectionFaults,
];
