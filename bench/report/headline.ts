import type { Measurement } from '../measurement.ts';
import type { Results } from '../results.ts';
import { type Comparison, compare } from '../summary.ts';

/** A comparison that the README shows. */
export interface Headline {
  readonly suite: string;
  readonly quantity: string;
  readonly against: string;
  /** A description that needs no context. */
  readonly says: string;
}

export const headlines: readonly Headline[] = [
  {
    suite: 'quota',
    quantity: 'GetItem: event to the first answer',
    against: 'AWS SDK',
    says: 'First answer after INIT with the CPU of 256 MB, GetItem',
  },
  {
    suite: 'quota',
    quantity: 'GetItem in Python: event to the first answer',
    against: 'boto3',
    says: 'the same, GetItem in Python',
  },
  {
    suite: 'cold',
    quantity: 'GetItem: module load and first answer',
    against: 'AWS SDK',
    says: 'Module load and first answer with a whole CPU, GetItem',
  },
  { suite: 'cold', quantity: 'GetItem: peak memory', against: 'AWS SDK', says: 'Peak memory of a cold start' },
  {
    suite: 'warm',
    quantity: 'GetItem, 1 at a time: CPU per request',
    against: 'AWS SDK',
    says: 'CPU of a warm request, GetItem',
  },
  { suite: 'twin', quantity: 'start to the first 201', against: 'one second', says: 'Twin: `npm start` to the first 201' },
  { suite: 'twin', quantity: 'warm latency of a GET, median', against: 'ministack', says: 'Twin: warm latency of a GET' },
  {
    suite: 'twin',
    quantity: 'warm latency of a GET, median',
    against: 'serverless-offline',
    says: 'the same against what runs handlers and checks nothing',
  },
  { suite: 'twin', quantity: 'GETs a second on 1 connection', against: 'ministack', says: 'Twin: GETs a second' },
  {
    suite: 'growth',
    quantity: 'GET, median latency',
    against: '1,000 items',
    says: 'Twin: GET among 100,000 items',
  },
];

/** A comparison with its suite and measurement. */
export interface Found {
  readonly suite: string;
  readonly measurement: Measurement;
  readonly comparison: Comparison;
}

/** Returns all comparisons. */
export const comparisonsOf = (results: Results): Found[] =>
  Object.entries(results).flatMap(([suite, { measurements }]) =>
    measurements.flatMap((measurement) => compare(measurement).map((comparison) => ({ suite, measurement, comparison }))),
  );
