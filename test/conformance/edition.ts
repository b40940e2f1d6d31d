import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../src/conformance/index.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import type { Edition } from '../editions.ts';
import { passes } from './passes.ts';

/** The whole suite, on an edition that allows every origin, and what concerns origins on one that allows two. */
export const conforms = ({ name, template, options, whyNot }: Edition): void => {
  describe.skipIf(whyNot !== undefined)(`the ${name} edition`, () => {
    describe('for any origin', () => {
      const url = serve(template, options);
      describe.each(Object.entries(cases))('%s', (_group, members) => {
        it.each(members)('$name', (member) => passes({ url: url() }, member));
      });
    });

    describe('for two origins', () => {
      const allowed = ['https://one.example', 'https://two.example'];
      const url = serve(template, { ...options, parameters: { ...options.parameters, AllowedOrigins: allowed.join(',') } });
      describe.each(allowed)('%s is allowed', (origin) => {
        it.each(cases['cross-origin'] ?? [])('$name', (member) => passes({ url: url(), origin }, member));
      });

      it.each(['GET', 'POST', 'OPTIONS'])('a %s from another is answered without CORS', async (method) => {
        const body = method === 'POST' ? new TextEncoder().encode('{}') : null;
        const json = { 'content-type': 'application/json' };
        for (const origin of ['https://three.example', allowed.join(',')]) {
          const { headers, status } = await fetch(`${url()}/items`, { method, body, headers: { origin, ...json } });
          expect(status).toBeLessThan(300);
          expect(headers.get('access-control-allow-origin')).toBeNull();
          expect(headers.get('vary')).toBe('Origin');
        }
      });
    });
  });
};

/** Runs a stack around the tests of a group; its invoke URL. */
const serve = (template: string, options: Edition['options']): (() => string) => {
  let stack: Stack | undefined;
  beforeAll(async () => {
    stack = await start(template, options);
  });
  afterAll(() => stack?.stop());
  return () => stack?.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
};
