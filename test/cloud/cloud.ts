import { afterAll, beforeAll } from 'vitest';
import { type Cloud, startCloud } from './ministack.ts';

/** Runs a cloud around the tests of a file. */
export const serveCloud = (): (() => Cloud) => {
  let cloud: Cloud | undefined;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud?.stop());
  return () => {
    if (!cloud) throw new Error('the cloud is not running');
    return cloud;
  };
};
