import { readFileSync } from 'node:fs';
import type { StartOptions } from '../src/twin/index.ts';
import { python, whyNot } from './functions/python/python.ts';

/** A template of the product, and how the twin runs it. */
export interface Edition {
  readonly name: string;
  readonly file: string;
  readonly template: string;
  readonly options: StartOptions;
  /** Why it cannot run here, if it cannot. */
  readonly whyNot?: string | undefined;
}

const read = (file: string) => ({ file, template: readFileSync(file, 'utf8') });
/** Throttling is what other tests are about. */
const parameters = { AuthorizationType: 'NONE', ThrottlingRateLimit: '10000', ThrottlingBurstLimit: '5000' };

export const typescript: Edition = { name: 'TypeScript', ...read('template.yaml'), options: { parameters } };
export const inPython: Edition = {
  name: 'Python',
  ...read('template.python.yaml'),
  options: { parameters, python },
  whyNot,
};

export const editions: readonly Edition[] = [typescript, inPython];
