import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMessage, readMessages } from '../../../src/twin/processes/messages.ts';

interface Told {
  readonly head: object;
  readonly body: string | undefined;
  readonly length: number;
}

/** Returns what a reader is told of these bytes, written in pieces of these lengths. */
const read = async (bytes: Buffer, pieces: readonly number[], limit = Number.POSITIVE_INFINITY) => {
  const stream = new PassThrough();
  const told: Told[] = [];
  readMessages<object>(stream, limit, (head, body, length) => told.push({ head, body: body?.toString('latin1'), length }));
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const end = Math.min(bytes.length, at + (pieces[turn % pieces.length] ?? bytes.length));
    stream.write(bytes.subarray(at, end));
    at = end;
    await new Promise(setImmediate);
    if (stream.destroyed) break;
  }
  return { told, isClosed: stream.destroyed };
};

const messages = fc.array(
  fc.record({
    head: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxKeys: 3 }),
    body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  }),
  { maxLength: 5 },
);
const pieces = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 });

describe('messages', () => {
  it('come as they were sent, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(messages, pieces, fc.integer({ min: 0, max: 400 }), async (sent, lengths, limit) => {
        const bytes = Buffer.concat(sent.map(({ head, body }) => encodeMessage(head, body)));
        const { told } = await read(bytes, lengths, limit);
        expect(told).toEqual(
          sent.map(({ head, body }) => ({
            head: JSON.parse(JSON.stringify(head)),
            body: body.length > limit ? undefined : body.toString('latin1'),
            length: body.length,
          })),
        );
      }),
    );
  });

  it('have a text as its UTF-8', async () => {
    const { told } = await read(encodeMessage({ id: 1 }, 'é€😀'), [7]);
    expect(told).toEqual([{ head: { id: 1 }, body: Buffer.from('é€😀').toString('latin1'), length: 9 }]);
  });

  it.each([
    ['no JSON', Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]), Buffer.from('{')])],
    ['no object', Buffer.concat([Buffer.from([0, 0, 0, 4, 0, 0, 0, 0]), Buffer.from('null')])],
    ['more than 64 KB', Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])],
  ])('end the stream if their head is %s', async (_, bytes) => {
    expect(await read(bytes, [bytes.length])).toEqual({ told: [], isClosed: true });
  });
});
