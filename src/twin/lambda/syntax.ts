import { compileFunction } from 'node:vm';
import type { FunctionConfiguration } from './lambda.ts';

/** The inline code of a function. */
export type InlineCode = Pick<FunctionConfiguration, 'functionName' | 'zipFile'>;

/** A syntax error in the code of a function. */
export interface SyntaxFault {
  readonly functionName: string;
  /** Line in the code; the first is 1. */
  readonly line: number | undefined;
  /** Message of the language, such as `Unexpected token ')'`. */
  readonly message: string;
}

/**
 * Compiles inline JavaScript as its runtime does, as CommonJS whatever its syntax, without running it. It takes about a
 * millisecond per function. The interpreter compiles Python code (python-check.ts).
 */
export const syntaxFault = ({ functionName, zipFile }: InlineCode): SyntaxFault[] => {
  try {
    compileFunction(zipFile, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: 'index.js' });
    return [];
  } catch (error) {
    const { message, stack = '' } = error as Error;
    const [, line] = /^index\.js:(\d+)/.exec(stack) ?? [];
    return [{ functionName, line: line === undefined ? undefined : Number(line), message }];
  }
};
