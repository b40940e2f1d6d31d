import { type Finding, severityOf, Unreachable } from './finding.ts';
import type { Package } from './packages.ts';

/* Calls OSV.dev, which has the advisories of GitHub, PyPA, Go and others: https://google.github.io/osv.dev/api/ */

interface Query {
  readonly package: { readonly ecosystem: string; readonly name: string };
  readonly version: string;
  readonly page_token?: string;
}

interface Batch {
  /** One result for each query, in the same order. */
  readonly results: readonly { readonly vulns?: readonly { readonly id: string }[]; readonly next_page_token?: string }[];
}

interface Vulnerability {
  readonly aliases?: readonly string[];
  readonly summary?: string;
  readonly withdrawn?: string;
  readonly database_specific?: { readonly severity?: string };
}

/**
 * Returns the known vulnerabilities of these versions. Rejects with `Unreachable` if OSV.dev does not list them all before
 * `signal` aborts.
 */
export const askOsv = async (packages: readonly Package[], url: string, signal: AbortSignal): Promise<Finding[]> => {
  const byVersion = Map.groupBy(packages, ({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`);
  const found = await idsOf([...byVersion.values()], url, signal);
  const descriptions = [...found].map(async ([id, affected]) => {
    const vulnerability = await describe(id, url, signal);
    if (vulnerability.withdrawn !== undefined) return [];
    return affected.map(
      (one): Finding => ({
        source: 'OSV.dev',
        ids: [id, ...(vulnerability.aliases ?? [])],
        severity: severityOf(vulnerability.database_specific?.severity ?? ''),
        summary: vulnerability.summary ?? '',
        package: one,
      }),
    );
  });
  return (await Promise.all(descriptions)).flat();
};

/**
 * Returns the ids of vulnerabilities, each with the packages that it affects. A group has one version of a package, once for each
 * file that names it.
 */
const idsOf = async (groups: readonly Package[][], url: string, signal: AbortSignal): Promise<Map<string, Package[]>> => {
  const found = new Map<string, Package[]>();
  let open = groups.flatMap((group): [Query, Package[]][] =>
    group.slice(0, 1).map(({ ecosystem, name, version }) => [{ package: { ecosystem, name }, version }, group]),
  );
  while (open.length > 0) {
    const asked = open.slice(0, maxQueries);
    const body = JSON.stringify({ queries: asked.map(([query]) => query) });
    const { results } = (await ask(`${url}/v1/querybatch`, signal, { method: 'POST', body })) as Batch;
    if (results?.length !== asked.length) throw new Unreachable('the response is about other packages than the request');
    open = open.slice(maxQueries);
    for (const [index, [query, group]] of asked.entries()) {
      for (const { id } of results[index]?.vulns ?? []) found.set(id, [...(found.get(id) ?? []), ...group]);
      const page_token = results[index]?.next_page_token;
      if (page_token) open.push([{ ...query, page_token }, group]);
    }
  }
  return found;
};

/** Returns a vulnerability. One without a description still counts, with unknown severity. */
const describe = async (id: string, url: string, signal: AbortSignal): Promise<Vulnerability> => {
  try {
    return (await ask(`${url}/v1/vulns/${encodeURIComponent(id)}`, signal)) as Vulnerability;
  } catch (error) {
    if (error instanceof Unreachable) return { summary: `no description: ${error.message}` };
    throw error;
  }
};

const ask = async (url: string, signal: AbortSignal, init: RequestInit = {}): Promise<unknown> => {
  try {
    const response = await fetch(url, { ...init, signal });
    if (!response.ok) throw new Unreachable(`HTTP ${response.status}`);
    return await response.json();
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    const { message, cause } = error as Error;
    throw new Unreachable(cause instanceof Error ? cause.message : message, { cause: error });
  }
};

/** Limit of queries in one request. */
const maxQueries = 1000;
