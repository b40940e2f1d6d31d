import { type Database, startDatabase } from './database.ts';
import { type Deployment, deploy } from './deployment.ts';
import { type Edition, type EditionName, readEdition } from './edition.ts';

/** The deployments of one edition that the parts of the campaign use. They share one table. */
export interface Ground {
  readonly edition: EditionName;
  readonly database: Database;
  /** The deployment whose functions never meet a fault. */
  undisturbed(): Promise<Deployment>;
  /** Other deployments, each of which serves one case at a time. */
  lanes(count: number): Promise<readonly Deployment[]>;
  stop(): Promise<void>;
}

export interface GroundOptions {
  readonly python: string;
  onFault(message: string): void;
}

/** Starts each deployment when it is first needed, and once. */
export const createGround = (name: EditionName, { python, onFault }: GroundOptions): Ground => {
  let edition: Edition | undefined;
  let database: Database | undefined;
  const deployments: Promise<Deployment>[] = [];
  let stopped = false;
  const ground = {
    edition: name,
    get database() {
      if (stopped) throw new Error('the campaign has ended');
      database ??= startDatabase(onFault);
      return database;
    },
    async at(index: number): Promise<Deployment> {
      // Starting a stack keeps this process busy for a quarter of a second: starting them side by side would gain nothing.
      await deployments[index - 1];
      edition ??= readEdition(name);
      deployments[index] ??= deploy(edition, ground.database, python);
      return deployments[index];
    },
    undisturbed: () => ground.at(0),
    async lanes(count: number) {
      const lanes: Deployment[] = [];
      for (let index = 1; index <= count; index++) lanes.push(await ground.at(index));
      return lanes;
    },
    async stop() {
      stopped = true;
      const started = await Promise.allSettled(deployments);
      await Promise.allSettled(started.map((one) => one.status === 'fulfilled' && one.value.stop()));
      await database?.stop();
    },
  };
  return ground;
};
