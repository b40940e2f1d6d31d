/** A function, and the version or alias of it if one is named. */
export interface FunctionName {
  readonly functionName: string;
  /** A version such as `3`, an alias, or `$LATEST`. */
  readonly qualifier?: string;
}

/** Reads the name of a function, its ARN or partial ARN, each with or without a qualifier. */
export const parseFunctionName = (nameOrArn: string): FunctionName => {
  const [functionName = '', qualifier] = nameOrArn.replace(/^.*:function:/, '').split(':');
  return { functionName, ...(qualifier !== undefined && qualifier !== '' && { qualifier }) };
};
