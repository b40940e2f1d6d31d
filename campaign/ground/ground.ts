import { type Database, startDatabase } from './database.ts';
import { type Deployment, deploy } from './deployment.ts';
import { type Edition, type EditionName, readEdition } from './edition.ts';

/** The deployments of one edition that the parts of the campaign use. They share one table. */
export interface Ground {
  readonly edition: EditionName;
  readonly database: Database;
  /** Returns the deployment whose functions never have a fault. */
  undisturbed(): Promise<Deployment>;
  /** Returns other deployments, each of which serves one case at a time. */
  lanes(count: number): Promise<readonly Deployment[]>;
  stop(): Promise<void>;
}

export interface GroundOptions {
  readonly python: string;
  onFault(message: string): void;
}

/** Creates a ground. Each deployment is started once, when it is first needed. */
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
      // Starting a stack blocks this process for a quarter of a second, so starting several in parallel would save no time.
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
