import type { StackEvent } from '@aws-sdk/client-cloudformation';

/** Progress of an operation on a stack. */
export interface Progress {
  readonly phase: 'forward' | 'rollback' | 'cleanup';
  /** Resources that are done, of those that the phase is about. */
  readonly done: number;
  readonly total: number;
  /** Resources in work, the one that has been longest first. */
  readonly inWork: readonly InWork[];
  /** The stack's status when the operation has ended. */
  readonly ended?: string;
}

export interface InWork {
  readonly logicalId: string;
  readonly type: string;
  readonly since: Date;
}

/** Folds the events of an operation on a stack, earliest first, one at a time. */
export class ProgressTracker {
  #phase: Progress['phase'] = 'forward';
  #counted: ReadonlySet<string>;
  #ended: string | undefined;
  readonly #done = new Set<string>();
  readonly #touched = new Set<string>();
  readonly #inWork = new Map<string, InWork>();

  /** `planned`: logical ids of the resources that the operation is about. */
  constructor(planned: ReadonlySet<string>) {
    this.#counted = planned;
  }

  get phase(): Progress['phase'] {
    return this.#phase;
  }

  /** Progress after the events so far. */
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

/** True of events that say that a resource is finished, well or not. */
export const isFinished = (event: StackEvent): boolean =>
  !isOfStack(event) && /(COMPLETE|FAILED|SKIPPED)$/.test(event.ResourceStatus ?? '');

/** Events of the stack itself stand among those of its resources, with the stack's id as the physical id. */
export const isOfStack = ({ PhysicalResourceId: id, StackId: stackId }: StackEvent): boolean => id === stackId;

/** `1:05`, `1:02:05`: minutes and seconds of milliseconds. */
export const duration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first = 0, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
};
