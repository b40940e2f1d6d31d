import { afterAll, beforeAll } from 'vitest';
import { makeBucket } from './bucket.ts';
import { type Cloud, startCloud } from './ministack.ts';

/** Runs a cloud around the tests of a file, with a bucket for templates. */
export const serveCloud = (): (() => Cloud) => {
  let cloud: Cloud | undefined;
  beforeAll(async () => {
    cloud = await startCloud();
    await makeBucket(cloud.endpoint);
  });
  afterAll(() => cloud?.stop());
  return () => {
    if (!cloud) throw new Error('the cloud is not running');
    return cloud;
  };
};
