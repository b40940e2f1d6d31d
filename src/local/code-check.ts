import { show } from '../cloudformation/json.ts';
import type { Lambda } from './lambda/lambda.ts';
import type { SyntaxFault } from './lambda/syntax.ts';

/** Looks for syntax errors in the code of a stack's functions, beside everything else. */
export interface CodeCheck {
  /** A sentence for each syntax error in code that was not checked before. `references` are logical ids by physical id. */
  check(references: () => ReadonlyMap<string, string>): Promise<string[]>;
  /** Ends what is under way; that resolves with nothing then. */
  stop(): Promise<void>;
}

export const createCodeCheck = (lambda: Pick<Lambda, 'functions'>, python: string | undefined): CodeCheck => {
  const stopping = new AbortController();
  /** Code that was checked, by the name of its function. */
  const checked = new Map<string, string>();
  let running: Promise<unknown> = Promise.resolve();

  const check = async (references: () => ReadonlyMap<string, string>): Promise<string[]> => {
    const functions = lambda.functions().filter(({ functionName, zipFile }) => checked.get(functionName) !== zipFile);
    for (const { functionName, zipFile } of functions) checked.set(functionName, zipFile);
    const { syntaxFaults } = await import('./lambda/syntax.ts');
    try {
      const faults = await syntaxFaults(functions, { python, signal: stopping.signal });
      const logicalIds = references();
      return faults.map((fault) => sentence(fault, logicalIds.get(fault.functionName), checked.get(fault.functionName)));
    } catch (error) {
      if (stopping.signal.aborted) return [];
      throw error;
    }
  };
  return {
    check: (references) => {
      const result = check(references);
      running = Promise.allSettled([running, result]);
      return result;
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};

/** Quotes the line, as code that is joined from several places has numbers that the template has not. */
const sentence = ({ functionName, line, message }: SyntaxFault, logicalId: string | undefined, code = ''): string => {
  const name = logicalId === undefined ? functionName : `${logicalId} (${functionName})`;
  const text = line === undefined ? '' : (code.split('\n')[line - 1]?.trim() ?? '');
  const place = line === undefined ? '' : ` in line ${line}${text === '' ? '' : `, ${show(text)}`}`;
  return `${name}: its code has a syntax error${place}: ${message}; every request for it fails until that is corrected.`;
};
