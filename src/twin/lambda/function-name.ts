/** A function, with the version or alias if one is given. */
export interface FunctionName {
  readonly functionName: string;
  /** A version such as `3`, an alias, or `$LATEST`. */
  readonly qualifier?: string;
}

/** Parses a function name, ARN or partial ARN, with or without a qualifier. */
export const parseFunctionName = (nameOrArn: string): FunctionName => {
  const [functionName = '', qualifier] = nameOrArn.replace(/^.*:function:/, '').split(':');
  return { functionName, ...(qualifier !== undefined && qualifier !== '' && { qualifier }) };
};
