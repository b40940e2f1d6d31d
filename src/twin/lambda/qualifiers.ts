import { LocalError } from '../../cloudformation/errors.ts';

/** Versions and aliases of functions. Each has permissions of its own; all run the function as it is. */
export interface Qualifiers {
  /** Publishes the only version that a function has here, `1`. */
  publishVersion(functionName: string): string;
  deleteVersion(functionName: string, version: string): void;
  /** Lets an alias point to a version. */
  createAlias(functionName: string, alias: string, version: string): void;
  deleteAlias(functionName: string, alias: string): void;
  /** Checks whether a function has a version or an alias of that name. */
  has(functionName: string, qualifier: string): boolean;
}

/** No function has a version yet. */
export const createQualifiers = (): Qualifiers => {
  const versions = new Set<string>();
  const aliases = new Map<string, string>();
  const isVersion = (functionName: string, version: string): boolean =>
    version === latest || versions.has(`${functionName}:${version}`);
  return {
    publishVersion(functionName) {
      const key = `${functionName}:1`;
      // As CloudFormation says it: no code has changed between the two.
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

/** The function as it is now, which needs no version. */
export const latest = '$LATEST';
