import { show } from '../../cloudformation/json.ts';
import type { FunctionConfiguration, Lambda } from '../lambda/lambda.ts';
import type { MissingModule } from '../lambda/missing-modules.ts';
import type { SdkPlace } from '../lambda/sdk.ts';
import type { SyntaxFault } from '../lambda/syntax.ts';

/** Looks for syntax errors and missing modules in the code of a stack's functions, beside everything else. */
export interface CodeCheck {
  /** A sentence for each fault in code that was not checked before. `references` are logical ids by physical id. */
  check(references: () => ReadonlyMap<string, string>): Promise<string[]>;
  /** Ends what is under way; that resolves with nothing then. */
  stop(): Promise<void>;
}

export interface CodeCheckOptions extends SdkPlace {
  readonly python?: string | undefined;
}

export const createCodeCheck = (lambda: Pick<Lambda, 'functions'>, options: CodeCheckOptions): CodeCheck => {
  const stopping = new AbortController();
  /** Code that was checked, by the name of its function. */
  const checked = new Map<string, string>();
  let running: Promise<unknown> = Promise.resolve();

  const check = async (references: () => ReadonlyMap<string, string>): Promise<string[]> => {
    const functions = lambda.functions().filter((one) => checked.get(one.functionName) !== codeOf(one));
    for (const one of functions) checked.set(one.functionName, codeOf(one));
    const { findCodeFaults } = await import('../lambda/code-faults.ts');
    try {
      const { syntax, missing, others } = await findCodeFaults(functions, options, stopping.signal);
      const logicalIds = references();
      const nameOf = (functionName: string): string => {
        const logicalId = logicalIds.get(functionName);
        return logicalId === undefined ? functionName : `${logicalId} (${functionName})`;
      };
      return [
        ...syntax.map((fault) => syntaxSentence(fault, nameOf(fault.functionName), checked.get(fault.functionName))),
        ...missing.map((one) => missingSentence(one, nameOf(one.functionName))),
        ...others,
      ];
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

/** Inline code, or where the code is. */
const codeOf = ({ zipFile, codeFolder, handler }: FunctionConfiguration): string =>
  codeFolder === undefined ? zipFile : `${codeFolder} ${handler}`;

/** Quotes the line, as code that is joined from several places has numbers that the template has not. */
const syntaxSentence = ({ line, message }: SyntaxFault, name: string, code = ''): string => {
  const text = line === undefined ? '' : (code.split('\n')[line - 1]?.trim() ?? '');
  const place = line === undefined ? '' : ` in line ${line}${text === '' ? '' : `, ${show(text)}`}`;
  return `${name}: its code has a syntax error${place}: ${message}; every request for it fails until that is corrected.`;
};

const missingSentence = ({ module, file, line, text, remedy }: MissingModule, name: string): string =>
  `${name}: its code loads ${module} in line ${line} of ${file}, ${show(text)}, and the module is not here; ${remedy}.`;
