import type { PlannedChange } from './changes.ts';
import type { Progress } from './progress.ts';

/** The user of `deployStack` and `destroyStack`. An implementation, such as a terminal, shows texts and asks questions. */
export interface User {
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
  /** Shows a text, even while the progress of an operation is shown. */
  say(text: string): void;
  /**
   * Asks for a line. Resolves with it, with an empty string at the end of input, or with undefined if there is no terminal.
   * Rejects with an AbortError when the user interrupts.
   */
  ask(question: string): Promise<string | undefined>;
  /** Shows the changes of a change set. If there are none, only outputs or settings of the stack change. */
  showChanges(changes: readonly PlannedChange[]): void;
  showResources(resources: readonly { readonly logicalId: string; readonly type: string }[]): void;
  /** Starts to show the progress of an operation. `progress` is the initial one. */
  follow(progress: Progress): ProgressView;
}

/** Returns true if the answer to a question that ends in `(yes/no)` is yes. */
export const isYes = (answer: string): boolean => /^y(es)?$/i.test(answer);

/** View of the progress of an operation. */
export interface ProgressView {
  /** Shows a finished resource, successful or not, and the progress after it. */
  finished(resource: FinishedResource, progress: Progress): void;
  /** Shows the progress after all events so far. */
  update(progress: Progress): void;
  /** Ends the view when the operation has ended, or can no longer be followed. */
  end(): void;
}

/** A resource on which an operation has finished its work. */
export interface FinishedResource {
  readonly logicalId: string;
  readonly type: string;
  /** Status of CloudFormation, such as CREATE_COMPLETE. */
  readonly status: string;
  readonly reason?: string;
}
