import type { Suite } from './measurement.ts';
import { capacity } from './suites/capacity.ts';
import { cold } from './suites/cold.ts';
import { console } from './suites/console.ts';
import { growth } from './suites/growth.ts';
import { idle } from './suites/idle.ts';
import { quota } from './suites/quota.ts';
import { reload } from './suites/reload.ts';
import { twin } from './suites/twin.ts';
import { warm } from './suites/warm.ts';

/** All suites, in the order in which they run. */
export const suites: readonly Suite[] = [cold, quota, warm, idle, capacity, twin, console, reload, growth];
