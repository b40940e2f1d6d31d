import { LocalError } from '../../cloudformation/errors.ts';

/** Versions and aliases of functions. Each has its own permissions. All run the current code of the function. */
export interface Qualifiers {
  /** Publishes the only version of a function in the twin, `1`. */
  publishVersion(functionName: string): string;
  deleteVersion(functionName: string, version: string): void;
  /** Creates an alias of a version. */
  createAlias(functionName: string, alias: string, version: string): void;
  deleteAlias(functionName: string, alias: string): void;
  /** Returns true if a function has a version or an alias with this name. */
  has(functionName: string, qualifier: string): boolean;
}

/** Creates an empty set of versions and aliases. */
export const createQualifiers = (): Qualifiers => {
  const versions = new Set<string>();
  const aliases = new Map<string, string>();
  const isVersion = (functionName: string, version: string): boolean =>
    version === latest || versions.has(`${functionName}:${version}`);
  return {
    publishVersion(functionName) {
      const key = `${functionName}:1`;
      // CloudFormation's message: the code is the same in both versions.
      if (versions.has(key)) {
        const message = `A version for this Lambda function exists (1): ${functionName} can have one AWS::Lambda::Version in a stack; remove the others`;
        throw new LocalError('RESOURCE_FAILED', message);
      }
      versions.add(key);
      return '1';
    },
    deleteVersion: (functionName, version) => void versions.delete(`${functionName}:${version}`),
    createAlias(functionName, alias, version) {
      const key = `${functionName}:${alias}`;
      if (!isVersion(functionName, version)) {
        const message = `Function not found: ${functionName}:${version}. FunctionVersion is $LATEST, or the Version of an AWS::Lambda::Version of this function, as GetAtt returns it`;
        throw new LocalError('RESOURCE_FAILED', message);
      }
      if (aliases.has(key)) {
        throw new LocalError('RESOURCE_FAILED', `Alias already exists: ${key}. Give each alias a name of its own.`);
      }
      aliases.set(key, version);
    },
    deleteAlias: (functionName, alias) => void aliases.delete(`${functionName}:${alias}`),
    has: (functionName, qualifier) => isVersion(functionName, qualifier) || aliases.has(`${functionName}:${qualifier}`),
  };
};

/** The current function, which needs no version. */
export const latest = '$LATEST';
