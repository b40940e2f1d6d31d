import type { Part } from './part.ts';
import { corruption } from './parts/corruption.ts';
import { disk } from './parts/disk.ts';
import { faults } from './parts/faults.ts';
import { fuzz } from './parts/fuzz.ts';
import { histories } from './parts/histories.ts';
import { kills } from './parts/kills.ts';
import { races } from './parts/races.ts';
import { signals } from './parts/signals.ts';
import { soak } from './parts/soak.ts';
import { tags } from './parts/tags.ts';

/** All parts, in the order in which they run. */
export const parts: readonly Part[] = [faults, races, histories, tags, fuzz, kills, disk, corruption, signals, soak];
