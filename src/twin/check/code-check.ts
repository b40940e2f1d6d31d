import { show } from '../../cloudformation/json.ts';
import type { FunctionConfiguration, Lambda } from '../lambda/lambda.ts';
import type { MissingModule } from '../lambda/missing-modules.ts';
import type { SdkPlace } from '../lambda/sdk.ts';
import type { SyntaxFault } from '../lambda/syntax.ts';

/** Checks the code of a stack's functions for syntax errors and missing modules, in the background. */
export interface CodeCheck {
  /** Returns a sentence for each fault in code that was not checked before. `references` maps physical ids to logical ids. */
  check(references: () => ReadonlyMap<string, string>): Promise<string[]>;
  /** Stops running checks. Their result is then an empty list. */
  stop(): Promise<void>;
}

export interface CodeCheckOptions extends SdkPlace {
  readonly python?: string | undefined;
}

export const createCodeCheck = (lambda: Pick<Lambda, 'functions'>, options: CodeCheckOptions): CodeCheck => {
  const stopping = new AbortController();
  /** Code already checked, by function name. */
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

/** Returns inline code, or the location of the code. */
const codeOf = ({ zipFile, codeFolder, handler }: FunctionConfiguration): string =>
  codeFolder === undefined ? zipFile : `${codeFolder} ${handler}`;

/** Quotes the line, because line numbers of code joined from several places differ from those of the template. */
const syntaxSentence = ({ line, message }: SyntaxFault, name: string, code = ''): string => {
  const text = line === undefined ? '' : (code.split('\n')[line - 1]?.trim() ?? '');
  const place = line === undefined ? '' : ` in line ${line}${text === '' ? '' : `, ${show(text)}`}`;
  return `${name}: its code has a syntax error${place}: ${message}; every request for it fails until that is corrected.`;
};

const missingSentence = ({ module, file, line, text, remedy }: MissingModule, name: string): string => {
  const problem = module.startsWith('.') ? 'does not exist' : 'is not installed';
  return `${name}: line ${line} of ${file}, ${show(text)}, imports ${module}, which ${problem}; ${remedy}.`;
};
