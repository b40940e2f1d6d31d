import { parseDocument } from 'yaml';
import type { Constraints } from '../cloudformation/constraints.ts';
import { readText } from '../text/read-text.ts';
import { DeployError } from './errors.ts';

export interface ParameterDeclaration extends Constraints {
  readonly Type: string;
  readonly Default?: string;
  readonly ConstraintDescription?: string;
}

/** A template in the form for CloudFormation, with the declarations of its parameters. */
export interface Template {
  readonly file: string;
  readonly body: string;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
}

/** Reads a template in YAML or JSON. */
export const readTemplate = async (file: string): Promise<Template> => {
  const fault = (message: string, options: ErrorOptions): DeployError => new DeployError(message, options);
  return parseTemplate(file, await readText(file, { lead: 'cannot read the template', option: '--template', fault }));
};

/** Parses a template. Throws a DeployError that names the fault and the remedy. */
export const parseTemplate = (file: string, body: string): Template => {
  const bytes = Buffer.byteLength(body);
  if (bytes > maximumBytes) {
    throw new DeployError(
      `${file} has ${bytes} bytes, but CloudFormation takes at most ${maximumBytes}: shorten it by ${bytes - maximumBytes}`,
    );
  }
  // Values remain strings: a default of 0.10 or 007 must not become a number.
  const document = parseDocument(body, { schema: 'failsafe', logLevel: 'silent' });
  const [fault] = document.errors;
  if (fault) throw new DeployError(`${file} is not YAML or JSON: ${fault.message.split('\n', 1)}; correct it`);
  const root = document.toJS() as { Resources?: unknown; Parameters?: unknown } | null;
  if (root === null) throw new DeployError(`${file} is empty: name another template with --template`);
  if (typeof root?.Resources !== 'object') throw new DeployError(`${file} has no Resources: it is not a template`);
  return { file, body, parameters: declarations(file, root.Parameters || {}) };
};

/** Validates only what is needed to read the declarations. CloudFormation validates the rest. */
const declarations = (file: string, parameters: unknown): Template['parameters'] => {
  if (!isRecord(parameters)) {
    throw new DeployError(`${file}: Parameters must be an object of names and declarations; correct it`);
  }
  const faults = Object.entries(parameters).flatMap(([name, declaration]) =>
    faultsOf(declaration).map((fault) => `${file}: parameter ${name} ${fault}`),
  );
  if (faults.length > 0) throw new DeployError(faults.join('\n'));
  return new Map(Object.entries(parameters as Readonly<Record<string, ParameterDeclaration>>));
};

const faultsOf = (declaration: unknown): string[] => {
  if (!isRecord(declaration)) return ['must be an object with a Type; correct it'];
  const { Type: type, AllowedValues: allowed = [] } = declaration;
  const faults = type === undefined ? ['has no Type: give it one, such as String'] : [];
  if (!Array.isArray(allowed) || !allowed.every(isText))
    faults.push('has AllowedValues that are no list of texts; correct it');
  const wrong = scalars.filter((member) => declaration[member] !== undefined && !isText(declaration[member]));
  return [...faults, ...wrong.map((member) => `has no text as its ${member}; correct it`)];
};

const scalars = [
  'Type',
  'Default',
  'AllowedPattern',
  'ConstraintDescription',
  'MinLength',
  'MaxLength',
  'MinValue',
  'MaxValue',
];

/** Returns true for a scalar: the failsafe schema parses each as a string. */
const isText = (value: unknown): boolean => typeof value === 'string';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** "Template body size in an Amazon S3 object": 1 MB. */
const maximumBytes = 1_000_000;
