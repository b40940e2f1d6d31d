import { describe, expect, it } from 'vitest';

import { api, between, folder, only, stopAfterEach, verify } from './verifying.ts';

stopAfterEach();

describe('items verify', () => {
  it('lists groups and cases', async () => {
    const { code, stdout } = await verify(['--list', ...only('DELETE /items/{id}')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^DELETE \/items\/\{id\}\n {2}deletes the item\n/);
  });

  it.each([
    ['nothing', [], /^there is no URL: /],
    ['no URL', ['v1'], /^v1 is not a URL: /],
    ['another scheme', ['ftp://a.example/v1'], /^ftp:\/\/a\.example\/v1 is not a URL: /],
    ['a query', ['https://a.example/v1?a=b'], / is more than an invoke URL: /],
    ['no stage', ['https://abc.execute-api.eu-west-1.amazonaws.com/'], / has no stage: add it/],
    ['a host that does not exist', ['https://nowhere.invalid/v1'], /^cannot reach nowhere\.invalid: /],
    ['an unknown group', ['https://a.example/v1', ...only('none')], /^--only none: there is no such group; there are POST /],
    [
      'an unknown case',
      ['https://a.example/v1', '--except', 'fidelity'],
      /^--except fidelity: there is no such case; --list/,
    ],
    ['two authorizations', ['https://a.example', '--sigv4', '--bearer', 'x'], /^--sigv4 and --bearer are both for /],
    ['a region to sign for without signing', ['https://a.example', '--region', 'eu-west-1'], /^--region is what --sigv4 /],
    ['a region that is none', ['https://a.example', '--sigv4', '--region', 'mars'], /A region has a name such as eu-west-1/],
    [
      'a token that no header can carry',
      ['https://a.example', '--bearer', 'a\nb'],
      /^--bearer is empty, or has characters /,
    ],
    ['an empty key', ['https://a.example', '--api-key', ''], /^--api-key is empty, or has characters that no header/],
    ['authorization without any', ['https://a.example', ...only('authorization')], /^--only authorization needs --sigv4/],
    ['no cases at once', ['https://a.example', '--concurrency', '0'], /a number from 1 to 99/],
  ])('rejects %s in one sentence', async (_name, args, message) => {
    const { code, stdout, stderr } = await verify(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n').length).toBeLessThan(3);
  });

  it.each([
    ['the URL of the items', '/items', {}, /^this is not the base URL of the API: .*; leave out \/items\n$/],
    [
      'a stage that is not there',
      '/../v2',
      {},
      /^this is not the Items API: .*403 .*; is the stage in the URL, and right\?/,
    ],
  ])('rejects %s', async (_name, path, parameters, message) => {
    const { url } = await api(parameters);
    expect(await verify([url + path])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) });
  });

  it('rejects a file that it cannot write the result to, before it creates anything', async () => {
    const { url } = await api();
    const path = folder();
    const { code, stdout, stderr } = await verify([url, '--json', path]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^cannot write the result to \S+: EISDIR: .*; name another file with --json\n$/);
  });

  it('rejects what is another website', async () => {
    const page = await between('', async () => new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } }));
    expect(await verify([page])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^this is not the Items API: GET \S+ returned 200 text\/html <h1>Hello<\/h1>; /),
    });
  });
});
