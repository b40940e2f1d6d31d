import type { Module } from './module.ts';

/** One template of the product: the same resources with the handlers in one language. */
export interface Edition {
  /** Identifier of the Lambda runtime. */
  readonly runtime: 'nodejs24.x' | 'python3.14';
  readonly code: InlineCode;
}

/** Source of the functions as `Code.ZipFile` takes it. */
export interface InlineCode {
  /** Code that several functions need, in the order in which it has to precede their own code. */
  readonly shared: readonly SharedPart[];
  /** Handlers by the name of the operation (`CreateItem`). */
  readonly handlers: ReadonlyMap<string, HandlerCode>;
}

/** The code of one source file that functions share. */
export interface SharedPart {
  /** Its key in the template's mapping: `JsonText` for json-text.ts. */
  readonly name: string;
  readonly text: string;
  readonly origin?: Origin;
}

/** The code of one handler. */
export interface HandlerCode {
  readonly text: string;
  /** Names of the shared parts that it needs, in their order. */
  readonly needs: readonly string[];
  readonly origin?: Origin;
}

/** Origin of the code of a part. A part that is made of several files has none. */
export interface Origin {
  readonly module: Module;
  /** Text of the part before the code of the file: its heading, and imports. */
  readonly preamble: string;
}

/** The whole source of a function, as CloudFormation joins it. */
export const sourceOf = ({ shared }: InlineCode, { text, needs }: HandlerCode): string =>
  [...shared.filter(({ name }) => needs.includes(name)).map((part) => part.text), text].join(separator);

/** Stands between the parts of a function's source. */
export const separator = '\n';
