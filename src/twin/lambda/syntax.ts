import { compileFunction } from 'node:vm';
import type { FunctionConfiguration } from './lambda.ts';

/** The inline code of a function. */
export type InlineCode = Pick<FunctionConfiguration, 'functionName' | 'zipFile'>;

/** A syntax error in the code of a function. */
export interface SyntaxFault {
  readonly functionName: string;
  /** Line of the code; the first is 1. */
  readonly line: number | undefined;
  /** As the language says it, such as `Unexpected token ')'`. */
  readonly message: string;
}

/**
 * Compiles inline code in JavaScript as its runtime does, CommonJS whatever the syntax looks like, and runs none of it. It takes about a
 * millisecond for each function. Code in Python is compiled by its interpreter (python-check.ts).
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
