import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { regionPattern } from '../cloudformation/region.ts';
import { encodingFault } from '../text/read-text.ts';
import { DeployError } from './errors.ts';
import { bucketForm, bucketPattern } from './s3.ts';

/** Settings that differ between deployments: `environments/NAME.json`. */
export interface Environment {
  readonly file: string;
  readonly stackName: string;
  readonly region?: string;
  /** Safeguard: the credentials must belong to this account. */
  readonly account?: string;
  /** Bucket of the same account and region for a template that is too large to send directly. */
  readonly bucket?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Reads an environment. Rejects with one DeployError that lists all faults. */
export const readEnvironment = async (name: string, folder = 'environments'): Promise<Environment> => {
  const file = join(folder, `${name}.json`);
  const text = namePattern.test(name) ? await contents(file) : undefined;
  if (text === undefined) throw new DeployError(await unknown(name, folder));
  return parseEnvironment(file, text);
};

const namePattern = /^[\w.-]+$/;

/** Parses an environment. Throws one DeployError that lists all faults. */
export const parseEnvironment = (file: string, text: string): Environment => {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    throw new DeployError(`${file} is not JSON: ${(error as Error).message}; correct it`);
  }
  if (!isRecord(root)) throw new DeployError(`${file} must be an object with stackName and parameters: correct it`);
  const faults = faultsOf(root);
  if (faults.length > 0) throw new DeployError(faults.map((fault) => `${file}: ${fault}`).join('\n'));
  const { stackName, region, account, bucket, parameters = {}, tags } = root as unknown as Root;
  return {
    file,
    stackName,
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    ...(bucket !== undefined && { bucket }),
    parameters: texts(parameters),
    ...(tags && { tags: texts(tags) }),
  };
};

/** Names of functions begin with the stack name. With a longer stack name, a deployment would fail halfway. */
const stackNamePattern = /^[A-Za-z][A-Za-z0-9-]{0,52}$/;

const members = ['stackName', 'region', 'account', 'bucket', 'parameters', 'tags'];

type Scalar = string | number | boolean;

interface Root {
  readonly stackName: string;
  readonly region?: string;
  readonly account?: string;
  readonly bucket?: string;
  readonly parameters?: Readonly<Record<string, Scalar | Scalar[]>>;
  readonly tags?: Readonly<Record<string, Scalar>>;
}

const faultsOf = (root: Readonly<Record<string, unknown>>): string[] => {
  const { stackName, region, account, bucket, parameters = {}, tags = {} } = root;
  const faults = Object.keys(root)
    .filter((key) => !members.includes(key))
    .map((key) => `there is no member ${key}; the members are ${members.join(', ')}`);
  if (typeof stackName !== 'string' || !stackNamePattern.test(stackName)) {
    faults.push(`stackName must be 1 to 53 of A-Z a-z 0-9 - that begin with a letter, not ${JSON.stringify(stackName)}`);
  }
  if (region !== undefined && (typeof region !== 'string' || !regionPattern.test(region))) {
    faults.push(`region must be a name such as eu-west-1, not ${JSON.stringify(region)}`);
  }
  if (account !== undefined && (typeof account !== 'string' || !/^\d{12}$/.test(account))) {
    faults.push(`account must be 12 digits in quotes, not ${JSON.stringify(account)}`);
  }
  if (bucket !== undefined && (typeof bucket !== 'string' || !bucketPattern.test(bucket))) {
    faults.push(`bucket must be ${bucketForm}, not ${JSON.stringify(bucket)}`);
  }
  for (const [member, values, isValid] of [
    ['parameters', parameters, (value: unknown) => [value].flat().every(isScalar)],
    ['tags', tags, isScalar],
  ] as const) {
    if (!isRecord(values)) faults.push(`${member} must be an object of names and values`);
    else {
      for (const [name, value] of Object.entries(values)) {
        if (!isValid(value)) faults.push(`${member}.${name} must be a text, not ${JSON.stringify(value)}`);
      }
    }
  }
  return faults;
};

const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Converts values to strings. Lists are comma-separated, as CloudFormation accepts them. */
const texts = (values: Readonly<Record<string, Scalar | Scalar[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value].flat().join(',')]));

const contents = async (file: string): Promise<string | undefined> => {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new DeployError(`cannot read ${file}: ${error.message}`);
  });
  const fault = bytes && encodingFault(bytes);
  if (fault !== undefined) throw new DeployError(`cannot read ${file}: ${fault}; save it as UTF-8`);
  return bytes && new TextDecoder().decode(bytes);
};

const unknown = async (name: string, folder: string): Promise<string> => {
  const files = await readdir(folder).catch(() => []);
  const names = files.filter((file) => file.endsWith('.json')).map((file) => file.replace(/\.json$/, ''));
  const what = name === '' ? 'no environment is named' : `there is no environment ${name}`;
  if (names.length === 0) return `${what}: there is no ${folder}/ here: run this in the folder of the template`;
  const plain = name.replace(/^.*[\\/]/, '').replace(/\.json$/, '');
  if (plain !== name && names.includes(plain)) return `${what}: leave out folder and .json, as in ${plain}`;
  const choice = `there are ${names.sort().join(', ')}; choose one of them`;
  return namePattern.test(plain) ? `${what}: ${choice}, or write ${join(folder, `${plain}.json`)}` : `${what}: ${choice}`;
};
