import type { StackEvent } from '@aws-sdk/client-cloudformation';

/** Progress of an operation on a stack. */
export interface Progress {
  readonly phase: 'forward' | 'rollback' | 'cleanup';
  /** Number of finished resources among those of the phase. */
  readonly done: number;
  readonly total: number;
  /** Resources in progress, the oldest first. */
  readonly inWork: readonly InWork[];
  /** The stack's status at the end of the operation. */
  readonly ended?: string;
}

export interface InWork {
  readonly logicalId: string;
  readonly type: string;
  readonly since: Date;
}

/** Computes the progress of an operation from its events, which are added one by one, earliest first. */
export class ProgressTracker {
  #phase: Progress['phase'] = 'forward';
  #counted: ReadonlySet<string>;
  #ended: string | undefined;
  readonly #done = new Set<string>();
  readonly #touched = new Set<string>();
  readonly #inWork = new Map<string, InWork>();

  /** `planned`: logical ids of the resources of the operation. */
  constructor(planned: ReadonlySet<string>) {
    this.#counted = planned;
  }

  get phase(): Progress['phase'] {
    return this.#phase;
  }

  /** Returns the progress after the events so far. */
  get progress(): Progress {
    return {
      phase: this.#phase,
      done: this.#done.size,
      total: this.#counted.size,
      inWork: [...this.#inWork.values()].sort((a, b) => a.since.getTime() - b.since.getTime()),
      ...(this.#ended !== undefined && { ended: this.#ended }),
    };
  }

  add(event: StackEvent): void {
    if (isOfStack(event)) this.#addStatus(event.ResourceStatus ?? '');
    else this.#addResource(event);
  }

  #addStatus(status: string): void {
    if (/ROLLBACK_IN_PROGRESS$/.test(status) && this.#phase !== 'rollback') {
      this.#phase = 'rollback';
      this.#counted = new Set(this.#touched);
      this.#done.clear();
      this.#inWork.clear();
    } else if (/CLEANUP_IN_PROGRESS$/.test(status) && this.#phase !== 'rollback') this.#phase = 'cleanup';
    if (/(COMPLETE|FAILED)$/.test(status)) this.#ended = status;
  }

  #addResource(event: StackEvent): void {
    const { LogicalResourceId: logicalId = '', ResourceStatus: status = '', ResourceType: type = '' } = event;
    this.#touched.add(logicalId);
    if (status.endsWith('_IN_PROGRESS')) {
      const since = this.#inWork.get(logicalId)?.since ?? event.Timestamp ?? new Date();
      this.#inWork.set(logicalId, { logicalId, type, since });
      return;
    }
    this.#inWork.delete(logicalId);
    if (/(COMPLETE|SKIPPED)$/.test(status) && this.#counted.has(logicalId)) this.#done.add(logicalId);
  }
}

/** Returns true for events that report the end of work on a resource, successful or not. */
export const isFinished = (event: StackEvent): boolean =>
  !isOfStack(event) && /(COMPLETE|FAILED|SKIPPED)$/.test(event.ResourceStatus ?? '');

/** Returns true for events of the stack itself, whose physical id is the stack's id. */
export const isOfStack = ({ PhysicalResourceId: id, StackId: stackId }: StackEvent): boolean => id === stackId;

/** Formats milliseconds as minutes and seconds, with hours if necessary: `1:05`, `1:02:05`. */
export const duration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first = 0, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
};
