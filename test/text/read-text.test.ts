import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodingFault, readText } from '../../src/text/read-text.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-text-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (file: string): Promise<string> =>
  readText(file, {
    lead: 'cannot read the list',
    option: '--list',
    fault: (message, options) => new Error(message, options),
  });

const written = (bytes: string | Buffer): string => {
  const file = join(folder, 'file');
  writeFileSync(file, bytes);
  return file;
};

describe('a text file', () => {
  it('is read as UTF-8, without its byte order mark', async () => {
    expect(await read(written('größer 😀\r\n'))).toBe('größer 😀\r\n');
    expect(await read(written('\ufeffa\ufeff'))).toBe('a\ufeff');
    expect(await read(written(''))).toBe('');
  });

  it.each<[string, string | Buffer, string]>([
    ['UTF-16 with a mark', Buffer.from('\ufeffa: b', 'utf16le'), 'it is UTF-16; save it as UTF-8'],
    ['big-endian', Buffer.from('\ufeffa: b', 'utf16le').swap16(), 'it is UTF-16; save it as UTF-8'],
    ['UTF-32', Buffer.of(0xff, 0xfe, 0, 0, 97, 0, 0, 0), 'it is UTF-32; save it as UTF-8'],
    [
      'without a mark',
      Buffer.from('a: b', 'utf16le'),
      'it has a NUL byte in line 1 (byte 2), so it is UTF-16 or not a text;',
    ],
    ['Latin-1', Buffer.from('a\nb\ncafé\n', 'latin1'), '0xE9 in line 3 (byte 8) is not UTF-8; save it as UTF-8'],
    ['cut short', Buffer.from('ä\n€').subarray(0, 5), '0xE2 in line 2 (byte 4) is not UTF-8;'],
  ])('that is no UTF-8 is a fault with its place: %s', async (_name, bytes, fault) => {
    const file = written(bytes);
    await expect(read(file)).rejects.toThrow(`cannot read the list ${file}: ${fault}`);
  });

  it('that cannot be read is a fault with the remedy', async () => {
    await expect(read(folder)).rejects.toThrow(`${folder}: it is a directory; name the file in it with --list`);
    const missing = join(folder, 'none');
    await expect(read(missing)).rejects.toThrow(`${missing}: there is no such file; name another one with --list`);
    await expect(read(join(written(''), 'x'))).rejects.toThrow(/ENOTDIR.*; name another one with --list$/);
  });
});

it('finds the byte at which any bytes cease to be UTF-8', () => {
  const bytes = fc.tuple(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 4 }), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(bytes, ([before, between, after]) => {
      const all = Buffer.concat([Buffer.from(before), between, Buffer.from(after)]);
      const fault = encodingFault(all);
      const isText = (part: Buffer): boolean => {
        try {
          return new TextDecoder('utf-8', { fatal: true }).decode(part) !== undefined;
        } catch {
          return false;
        }
      };
      if (fault === undefined) {
        expect(isText(all) && !all.includes(0)).toBe(true);
        return;
      }
      const [, place] = /^0x.. in line \d+ \(byte (\d+)\) is not UTF-8$/.exec(fault) ?? [];
      // A byte order mark, or a NUL byte.
      if (place === undefined) return;
      const start = Number(place) - 1;
      expect(isText(all.subarray(0, start))).toBe(true);
      for (const length of [1, 2, 3, 4]) expect(isText(all.subarray(start, start + length))).toBe(false);
    }),
  );
});
