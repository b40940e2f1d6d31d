import type { Module } from './module.ts';

/** An edition: the template with the handlers in one language. */
export interface Edition {
  /** Identifier of the Lambda runtime. */
  readonly runtime: 'nodejs24.x' | 'python3.14';
  readonly code: InlineCode;
}

/** Source of the functions, in the form that `Code.ZipFile` requires. */
export interface InlineCode {
  /** Code that several functions need. It precedes their own code, in this order. */
  readonly shared: readonly SharedPart[];
  /** Handlers by the name of the operation (`CreateItem`). */
  readonly handlers: ReadonlyMap<string, HandlerCode>;
}

/** The code of one source file that functions share. */
export interface SharedPart {
  /** Key in the template's mapping, such as `JsonText` for json-text.ts. */
  readonly name: string;
  readonly text: string;
  readonly origin?: Origin;
}

/** The code of one handler. */
export interface HandlerCode {
  readonly text: string;
  /** Names of the shared parts that the handler needs, in their order. */
  readonly needs: readonly string[];
  readonly origin?: Origin;
}

/** Origin of the code of a part. A part made from several files has none. */
export interface Origin {
  readonly module: Module;
  /** Text of the part before the code of the file: its heading and imports. */
  readonly preamble: string;
}

/** Returns the complete source of a function, as CloudFormation joins it. */
export const sourceOf = ({ shared }: InlineCode, { text, needs }: HandlerCode): string =>
  [...shared.filter(({ name }) => needs.includes(name)).map((part) => part.text), text].join(separator);

/** Separator between the parts of a function's source. */
export const separator = '\n';
