import { describe, expect, it } from 'vitest';
import { traceOf } from '../../../src/twin/gateway/trace.ts';
import { request } from './support.ts';

const root = '1-5759e988-bd862e3fe1be46a994272793';
const of = (header: string, tracingEnabled = false) =>
  traceOf(request({ headers: [['x-amzn-trace-id', header]] }), tracingEnabled);

describe('traceOf', () => {
  it('keeps the root that the client sent, and gives the client a parent', () => {
    const trace = of(`Self=1;Root=${root}`);
    expect(trace).toMatchObject({ root, toIntegration: `Root=${root}` });
    expect(trace.toClient).toMatch(new RegExp(`^Root=${root};Parent=[0-9a-f]{16};Sampled=0$`));
  });

  it('makes a root where there is none that can be one', () => {
    expect(of('Root=nonsense').root).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(of('').root).not.toBe(of('').root);
  });

  it('samples when the stage traces, unless the client decided', () => {
    expect(of(`Root=${root}`, true).toIntegration).toMatch(/;Parent=[0-9a-f]{16};Sampled=1$/);
    const sent = `Root=${root};Parent=7fa8c0f79203be72;Sampled=0`;
    expect(of(sent, true)).toEqual({ root, toIntegration: sent, toClient: sent });
  });
});
