import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../audit/check.ts';
import type { Accepted } from '../../audit/judge.ts';
import type { Package } from '../../audit/packages.ts';

const requests: Package = { ecosystem: 'PyPI', name: 'requests', version: '2.0.0', file: 'a.txt', runsFor: 'checks' };
const werkzeug: Package = { ecosystem: 'PyPI', name: 'werkzeug', version: '1.0.0', file: 'a.txt', runsFor: 'users' };
const other: Package = { ...requests, file: 'b.txt' };

/** What OSV.dev knows, in its own form. */
interface Known {
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly vulnerabilities?: Readonly<Record<string, object>>;
  /** Ids in each page of a response. */
  readonly page?: number;
}

const servers: (() => void)[] = [];
afterEach(() => {
  for (const close of servers.splice(0)) close();
});

/** A server with the API of OSV.dev that the check uses. Returns its URL. */
const serve = async ({ ids, vulnerabilities = {}, page = 10 }: Known): Promise<string> => {
  const server = createServer(async (request, response) => {
    const id = /^\/v1\/vulns\/(.*)$/.exec(request.url ?? '')?.[1];
    if (id !== undefined) {
      response.writeHead(vulnerabilities[id] ? 200 : 500).end(JSON.stringify(vulnerabilities[id] ?? {}));
      return;
    }
    const { queries } = (await json(request)) as { queries: { package: { name: string }; page_token?: string }[] };
    const results = queries.map(({ package: { name }, page_token = '0' }) => {
      const end = Number(page_token) + page;
      const vulns = (ids[name] ?? []).slice(Number(page_token), end).map((one) => ({ id: one }));
      return { ...(vulns.length > 0 && { vulns }), ...((ids[name] ?? []).length > end && { next_page_token: `${end}` }) };
    });
    response.end(JSON.stringify({ results }));
  });
  servers.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const run = (osv: string, accepted: readonly Accepted[] = [], packages: readonly Package[] = [requests, werkzeug, other]) =>
  check({ root: tmpdir(), packages, accepted, today: '2026-11-29', osv, timeout: 10_000 });

const moderate = { summary: 'It leaks', aliases: ['CVE-2026-1'], database_specific: { severity: 'MODERATE' } };
const why = { reason: 'why', until: '2026-11-29' };

describe('the check', () => {
  it('passes without findings', async () => {
    const { lines, code } = await run(await serve({ ids: {} }));
    expect(lines).toEqual([
      'OSV.dev: 0 known vulnerabilities in 3 packages of PyPI',
      '0 to fix, 0 accepted or of low severity',
    ]);
    expect(code).toBe(0);
  });

  it('fails on a vulnerability of moderate severity, in every file that names the version', async () => {
    const { lines, code } = await run(
      await serve({ ids: { requests: ['GHSA-1'] }, vulnerabilities: { 'GHSA-1': moderate } }),
    );
    expect(lines[0]).toBe(
      `requests 2.0.0 (PyPI, checks run it): moderate GHSA-1, CVE-2026-1: It leaks
  named in a.txt, known to OSV.dev. Update it, or list it in audit/accepted.ts with a reason and a day.`,
    );
    expect(lines[1]).toContain('named in b.txt');
    expect(code).toBe(1);
  });

  it('fails on one whose severity is not known, or that has no description', async () => {
    const known = { ids: { werkzeug: ['MAL-1', 'X-1'] }, vulnerabilities: { 'MAL-1': {} } };
    const { lines, code } = await run(await serve(known));
    expect(lines.slice(0, 2)).toEqual([
      expect.stringContaining('users run it): unknown MAL-1'),
      expect.stringContaining('unknown X-1: no description: HTTP 500'),
    ]);
    expect(code).toBe(1);
  });

  it('reads every page', async () => {
    const ids = { werkzeug: ['A-1', 'A-2', 'A-3'] };
    expect((await run(await serve({ ids, page: 1 }))).lines.at(-1)).toBe('3 to fix, 0 accepted or of low severity');
  });

  it('passes if the severity is low, or the advisory is withdrawn', async () => {
    const vulnerabilities = {
      'GHSA-1': { ...moderate, database_specific: { severity: 'LOW' } },
      'GHSA-2': { ...moderate, withdrawn: '2026-01-01T00:00:00Z' },
    };
    const { lines, code } = await run(await serve({ ids: { werkzeug: ['GHSA-1', 'GHSA-2'] }, vulnerabilities }));
    expect(lines.at(-1)).toBe('0 to fix, 1 accepted or of low severity');
    expect(code).toBe(0);
  });

  describe('with accepted vulnerabilities', () => {
    const known = { ids: { werkzeug: ['GHSA-1'] }, vulnerabilities: { 'GHSA-1': moderate } };

    it.each<[string, Accepted]>([
      ['its id', { id: 'GHSA-1', ...why }],
      ['another of its names', { id: 'CVE-2026-1', ...why }],
      ['its file', { file: 'a.txt', ...why }],
    ])('passes if one is accepted by %s', async (_what, entry) => {
      expect(await run(await serve(known), [entry])).toMatchObject({ code: 0 });
    });

    it('fails from the day after', async () => {
      expect(await run(await serve(known), [{ id: 'GHSA-1', ...why, until: '2026-11-28' }])).toMatchObject({ code: 1 });
    });

    it('fails on a malicious package, though its file is accepted', async () => {
      const malicious = { ids: { werkzeug: ['MAL-1'] }, vulnerabilities: { 'MAL-1': {} } };
      expect(await run(await serve(malicious), [{ file: 'a.txt', ...why }])).toMatchObject({ code: 1 });
    });

    it('fails if an entry covers nothing', async () => {
      const { lines, code } = await run(await serve({ ids: {} }), [{ id: 'GHSA-1', ...why }]);
      expect(lines[0]).toBe('stale entry in audit/accepted.ts: nothing is known of GHSA-1 any more: remove it');
      expect(code).toBe(1);
    });
  });

  it('passes if the source cannot be asked, and says so in one line', async () => {
    const closed = await serve({ ids: {} });
    for (const close of servers.splice(0)) close();
    const { lines, code } = await run(closed, [{ id: 'GHSA-1', ...why }]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^OSV\.dev cannot be asked \(connect ECONNREFUSED .*\): NOT CHECKED there are 3 packages of PyPI$/,
      ),
      '0 to fix, 0 accepted or of low severity',
    ]);
    expect(code).toBe(0);
  });
});
