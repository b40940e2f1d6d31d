import { describe, expect, it } from 'vitest';
import { isHostName, whyNotHere } from '../../../src/twin/requests/hosts.ts';

const asked = (...hosts: string[]) => hosts.map((host): [string, string] => ['Host', host]);

describe('whyNotHere', () => {
  it.each(['localhost', 'LOCALHOST:80', 'localhost.', 'a.localhost', '127.0.0.1', '127.9.9.9:1', '[::1]', '[::1]:80'])(
    'takes %s',
    (host) => {
      expect(whyNotHere(asked(host))).toBeUndefined();
    },
  );

  it.each(['evil.example', 'localhost.example', '127.0.0.1.example', '128.0.0.1', '[::2]', '0.0.0.0', '', 'a b'])(
    'does not take %j',
    (host) => {
      expect(whyNotHere(asked(host))).toMatchObject({ status: 403 });
    },
  );

  it('takes the names that are allowed, in any case, and names the option for others', () => {
    expect(whyNotHere(asked('Laptop.Example:3000'), ['laptop.example'])).toBeUndefined();
    expect(whyNotHere(asked('laptop.example'), ['LAPTOP.example.'])).toBeUndefined();
    expect(whyNotHere(asked('laptop.example'))?.message).toContain('--allow-host laptop.example ');
    expect(whyNotHere(asked('a b'))?.message).not.toContain('--allow-host');
  });

  it('takes one Host header', () => {
    expect(whyNotHere(asked('localhost', 'localhost'))).toMatchObject({ status: 400 });
    expect(whyNotHere([])).toMatchObject({ status: 400 });
  });
});

it.each([
  ['laptop.example', true],
  ['10.0.0.5', true],
  ['[fe80::1]', true],
  ['laptop:3000', false],
  ['http://laptop', false],
  ['fe80::1', false],
  ['', false],
])('isHostName(%j) is %j', (text, expected) => {
  expect(isHostName(text)).toBe(expected);
});
