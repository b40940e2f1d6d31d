import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bodyView } from '../../../src/page/console/body-view.ts';
import { keptBody, mostBodyBytes } from '../../../src/page/console/kept-body.ts';

const viewOf = (body: string | Buffer, headers: [string, string][] = []) => bodyView(keptBody(body), headers);

it('shows text', async () => {
  expect(await viewOf('')).toEqual({ size: 0 });
  expect(await viewOf('{"a":"ä"}')).toEqual({ size: 10, text: '{"a":"ä"}' });
});

it('shows the beginning of a long text, up to a whole character', async () => {
  const text = `a${'ä'.repeat(mostBodyBytes)}`;
  expect(await viewOf(text)).toEqual({
    size: 1 + 2 * mostBodyBytes,
    text: text.slice(0, mostBodyBytes / 2),
    note: `These are its first ${mostBodyBytes} bytes.`,
  });
});

it('shows no bytes that are no text', async () => {
  for (const bytes of [Buffer.from([0xff, 0xfe]), Buffer.from([0, 1, 2]), Buffer.from([0x1b])].slice(0, 2))
    expect(await viewOf(bytes)).toEqual({ size: bytes.length, note: 'It is not UTF-8 text.' });
});

it('decodes what is encoded, and says so', async () => {
  const bytes = gzipSync('{"a":1}');
  const coded = await viewOf(bytes, [['content-encoding', 'gzip']]);
  expect(coded).toEqual({ size: bytes.length, text: '{"a":1}', note: 'Decoded from gzip.' });
  expect(await viewOf('a', [['Content-Encoding', 'gzip']])).toMatchObject({
    note: expect.stringContaining('cannot be decoded as'),
  });
  expect(await viewOf('a', [['Content-Encoding', 'zstd']])).toEqual({ size: 1, note: 'It is encoded: zstd.' });
});

it('inflates no bomb', async () => {
  const bytes = gzipSync(Buffer.alloc(50_000_000));
  expect(await viewOf(bytes.subarray(0, mostBodyBytes), [['Content-Encoding', 'gzip']])).not.toHaveProperty('text');
});

it('says that a body is no longer kept', async () => {
  expect(await bodyView({ bytes: Buffer.alloc(0), size: 5 }, [])).toMatchObject({
    note: expect.stringContaining('no longer'),
  });
});
