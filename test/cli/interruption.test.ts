import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { interruption } from '../../src/cli/interruption.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A process that notes with what code it would exit. */
const openProcess = () => {
  const exits: unknown[] = [];
  const stdout = new EventEmitter();
  const said: string[] = [];
  const stderr = { write: (text: string) => said.push(text) };
  const emitter = Object.assign(new EventEmitter(), { stdout, stderr, exit: (code: unknown) => exits.push(code) });
  const leaving = () => void exits.push('leaving');
  const signal = interruption(emitter as unknown as NodeJS.Process, { leaving, waiting: 'waiting' });
  return { emitter, exits, stdout, said, signal };
};

describe('an interruption', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('comes with %s', (name) => {
    const { emitter, signal } = openProcess();
    expect(signal.aborted).toBe(false);
    emitter.emit(name);
    expect(signal.aborted).toBe(true);
  });

  it('is the same within a second, and after it the end', () => {
    const { emitter, exits } = openProcess();
    emitter.emit('SIGINT');
    vi.advanceTimersByTime(900);
    emitter.emit('SIGINT');
    expect(exits).toEqual([]);
    vi.advanceTimersByTime(200);
    emitter.emit('SIGTERM');
    emitter.emit('SIGINT');
    expect(exits).toEqual(['leaving', 143, 'leaving', 130]);
  });

  it('says after a while that it is not forgotten', () => {
    const { emitter, said } = openProcess();
    vi.advanceTimersByTime(5000);
    emitter.emit('SIGINT');
    vi.advanceTimersByTime(1900);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(said).toEqual(['waiting\n']);
  });

  it('comes when nobody reads standard output any more', () => {
    const { stdout, signal } = openProcess();
    stdout.emit('error', Object.assign(new Error('broken'), { code: 'EIO' }));
    expect(signal.aborted).toBe(false);
    stdout.emit('error', Object.assign(new Error('broken'), { code: 'EPIPE' }));
    expect(signal.aborted).toBe(true);
  });
});
