import { globSync, readFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '@cdklabs/cdk-validator-cfnguard/package.json' with { type: 'json' };
import { isObject } from '../src/cloudformation/json.ts';
import { execute } from './execute.ts';
import type { Finding, Report } from './finding.ts';
import { type Target, targetOf } from './target.ts';

/**
 * Runs AWS Control Tower's proactive controls, as cfn-guard rules. `rules` counts the controls that passed or failed a template;
 * cfn-guard skips a control if the template has none of its resource types.
 */
export const controlTower = async (targets: readonly Target[], directory: string): Promise<Report> => {
  const rules = rulesAbout(targets.flatMap(({ path }) => typesIn(path)));
  const args = [
    ...rules.flatMap((path) => ['--rules', path]),
    ...targets.flatMap(({ path }) => ['--data', path]),
    ...['--output-format', 'json', '--show-summary', 'none', '--structured'],
  ];
  // Exit code 19 means that a rule failed; a rule that cannot be read returns 5.
  const output = await execute(guard(), ['validate', ...args], { directory, expected: [0, 19] });
  return controlTowerReport(output, targets);
};

/** Reads cfn-guard's JSON. */
export const controlTowerReport = (output: string, targets: readonly Target[]): Report => {
  const results = JSON.parse(output) as readonly Result[];
  if (results.length !== targets.length) throw new Error(`cfn-guard read ${results.length} of ${targets.length} templates`);
  const failed = (result: Result): FailedRule[] => result.not_compliant.flatMap(({ Rule: rule }) => rule ?? []);
  const names = results.flatMap((result) => [...result.compliant, ...failed(result).map(({ name }) => name)]);
  const findings = results.flatMap((result) =>
    failed(result).flatMap((rule) => findingsOf(rule, targetOf(targets, result.name))),
  );
  return { tool: 'control-tower', version: manifest.version, rules: new Set(names).size, findings };
};

interface Result {
  /** Path of the template. */
  readonly name: string;
  readonly compliant: readonly string[];
  readonly not_compliant: readonly { readonly Rule?: FailedRule }[];
}

interface FailedRule {
  readonly name: string;
  readonly checks: readonly unknown[];
}

const findingsOf = (rule: FailedRule, target: Target): Finding[] => {
  const messages = new Map<string, string>();
  for (const { resource, message } of failuresIn(rule, '')) if (!messages.get(resource)) messages.set(resource, message);
  if (messages.size === 0) messages.set('', '');
  return [...messages].map(([resource, message]) => {
    const [, control = rule.name, text = message.trim() || rule.name] = /\[(CT\.[A-Z0-9.]+)\]: *(.*)/.exec(message) ?? [];
    const remedy = /\[FIX\]: *(.*)/.exec(message)?.[1];
    return { tool: 'control-tower', rule: control, resource, target, message: text, remedy };
  });
};

/**
 * Yields the resources that failed a check. The JSON of cfn-guard has the structure of the rule, so their paths are searched at
 * every level. The message is that of the innermost check that has one. The value that a check compares with (`to`) has not
 * failed and is skipped.
 */
function* failuresIn(node: unknown, outer: string): Generator<{ readonly resource: string; readonly message: string }> {
  if (Array.isArray(node)) {
    for (const item of node) yield* failuresIn(item, outer);
    return;
  }
  if (!isObject(node)) return;
  const { messages, path } = node;
  const own = isObject(messages) && typeof messages.custom_message === 'string' ? messages.custom_message.trim() : '';
  const message = own || outer;
  const resource = typeof path === 'string' ? /^\/Resources\/(\w+)/.exec(path)?.[1] : undefined;
  if (resource !== undefined) yield { resource, message };
  for (const [key, item] of Object.entries(node)) if (key !== 'to') yield* failuresIn(item, message);
}

const folder = dirname(fileURLToPath(import.meta.resolve('@cdklabs/cdk-validator-cfnguard/package.json')));

/** Returns the rules that name one of these types. cfn-guard would read all others, at six times the cost, and skip them. */
const rulesAbout = (types: readonly string[]): string[] => {
  const wanted = new Set(types);
  const paths = globSync('rules/control-tower/cfn-guard/*/*.guard', { cwd: folder }).sort();
  return paths.map((path) => join(folder, path)).filter((path) => typesIn(path).some((type) => wanted.has(type)));
};

/** Returns the resource types that a file names. */
const typesIn = (path: string): readonly string[] => readFileSync(path, 'utf8').match(/AWS::\w+::\w+/g) ?? [];

/** Returns the path of the program that the package contains for this machine. */
const guard = (): string => {
  const system = { linux: 'ubuntu', darwin: 'macos' }[platform() as string];
  const processor = { x64: 'x86_64', arm64: 'aarch64' }[arch() as string];
  if (!system || !processor)
    throw new Error(`cfn-guard is there for Linux and macOS on x64 and arm64, not for ${platform()} ${arch()}`);
  return join(folder, 'bin', system, processor, 'cfn-guard');
};
