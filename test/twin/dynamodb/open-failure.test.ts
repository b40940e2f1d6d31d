import { expect, it } from 'vitest';
import { openFailure } from '../../../src/twin/dynamodb/open-failure.ts';

it.each([
  ['LEVEL_IO_ERROR', 'IO error: /d/000005.log: No space left on device', /its disk is full .*Free disk space/],
  ['LEVEL_IO_ERROR', 'IO error: /d/LOCK: Read-only file system', /read-only file system/],
  ['LEVEL_IO_ERROR', 'IO error: /d/LOCK: Permission denied', /may not write there/],
  ['LEVEL_IO_ERROR', 'IO error: /d/000005.ldb: Input/output error', /Check the disk/],
  ['LEVEL_IO_ERROR', 'IO error: /d/MANIFEST-000002: No such file or directory', /damaged or missing .*--repair/],
  ['LEVEL_CORRUPTION', 'Corruption: checksum mismatch', /damaged or missing .*Copy the folder/],
  ['LEVEL_CORRUPTION', 'Corruption: 1 missing files; e.g.: /d/000005.ldb', /damaged or missing .*000005\.ldb/],
  ['OTHER', 'what nobody knows', /does not open \(what nobody knows\)/],
])('%s, %s: says what is wrong and how to go on', (code, message, expected) => {
  const failure = openFailure('.items/data', { kind: 'failed', code, message });
  expect(failure).toMatchObject({ code: 'RESOURCE_FAILED', message: expect.stringMatching(expected) });
  // Where the data are as they were, nobody is told to give them up.
  if (!/damaged/.test(failure.message)) expect(failure.message).not.toMatch(/remove|delete|--repair/i);
});
