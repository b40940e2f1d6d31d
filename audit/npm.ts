import { execFile } from 'node:child_process';
import { type Finding, severityOf, Unreachable } from './finding.ts';
import type { Package } from './packages.ts';

/* Calls npm audit, which uses the registry that npm is configured for. */

interface Report {
  readonly message?: string;
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
}

interface Vulnerability {
  /** Advisories. A string is the name of a vulnerable dependency, which has its own entry. */
  readonly via: readonly (string | { readonly url: string; readonly title: string; readonly severity: string })[];
  /** Paths of the vulnerable versions. */
  readonly nodes: readonly string[];
}

/**
 * Returns the vulnerabilities of the packages in the package-lock.json of a folder. Rejects with `Unreachable` if npm returns no
 * report.
 */
export const askNpm = async (folder: string, packages: readonly Package[], timeout: number): Promise<Finding[]> => {
  const options = ['--json', '--package-lock-only', '--fetch-retries=0', `--fetch-timeout=${timeout}`, '--loglevel=error'];
  return readReport(await npm(folder, ['audit', ...options], timeout), packages);
};

/** Returns the findings in the output of npm audit. */
export const readReport = (output: string, packages: readonly Package[]): Finding[] => {
  const { vulnerabilities, message } = parse(output);
  // The message ends with the URL of a registry, which must not be in a log.
  if (vulnerabilities === undefined) throw new Unreachable(message?.replace(/ - [A-Z]+ .*/s, '') ?? 'no report');
  return Object.values(vulnerabilities).flatMap(({ via, nodes }) =>
    via.flatMap((advisory) => {
      if (typeof advisory === 'string') return [];
      const { severity, title, url } = advisory;
      const ids = [url.replace(/^.*\//, '')];
      return packages
        .filter(({ path = '' }) => nodes.includes(path))
        .map((one) => ({ source: 'npm audit', ids, severity: severityOf(severity), summary: title, package: one }));
    }),
  );
};

const parse = (output: string): Report => {
  try {
    return JSON.parse(output) as Report;
  } catch {
    return {};
  }
};

/** Returns the standard output, whatever the exit code: it is 1 both for a finding and for a failed request. */
const npm = (cwd: string, args: readonly string[], timeout: number): Promise<string> =>
  new Promise((resolve) => {
    // On Windows npm is a shell script.
    const options = { cwd, timeout, maxBuffer: 2 ** 28, shell: process.platform === 'win32' };
    execFile('npm', args, options, (_error, stdout) => resolve(stdout));
  });
