import type { PlannedChange } from './changes.ts';
import type { Progress } from './progress.ts';

/** The user of `deployStack` and `destroyStack`, as whatever shows and asks on their behalf, such as a terminal. */
export interface User {
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
  /** Shows a text, also while an operation is followed. */
  say(text: string): void;
  /**
   * Asks for a line. Returns it, empty at the end of input; undefined if nobody can answer. Rejects with an AbortError when the user
   * interrupts.
   */
  ask(question: string): Promise<string | undefined>;
  /** Shows the changes of a change set. Without any, only outputs or settings of the stack change. */
  showChanges(changes: readonly PlannedChange[]): void;
  /** Shows the resources that a stack has. */
  showResources(resources: readonly { readonly logicalId: string; readonly type: string }[]): void;
  /** Begins to show the progress of an operation, which is this at first. */
  follow(progress: Progress): ProgressView;
}

/** True of an answer to a question that ends in `(yes/no)`. */
export const isYes = (answer: string): boolean => /^y(es)?$/i.test(answer);

/** View of the progress of an operation. */
export interface ProgressView {
  /** Shows a resource that is finished, well or not, and the progress after it. */
  finished(resource: FinishedResource, progress: Progress): void;
  /** Shows the progress after all events so far. */
  update(progress: Progress): void;
  /** Ends the view when the operation has ended, or cannot be followed any longer. */
  end(): void;
}

/** A resource that an operation is finished with. */
export interface FinishedResource {
  readonly logicalId: string;
  readonly type: string;
  /** Status of CloudFormation, such as CREATE_COMPLETE. */
  readonly status: string;
  readonly reason?: string;
}
