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

/** The progress that the events of an operation, earliest first, tell of. `planned`: logical ids of what is to be touched. */
export const progressOf = (events: readonly StackEvent[], planned: ReadonlySet<string>): Progress => {
  let phase: Progress['phase'] = 'forward';
  let counted = planned;
  let ended: string | undefined;
  const done = new Set<string>();
  const touched = new Set<string>();
  const inWork = new Map<string, InWork>();
  for (const event of events) {
    const { LogicalResourceId: logicalId = '', ResourceStatus: status = '', ResourceType: type = '' } = event;
    if (isOfStack(event)) {
      if (/ROLLBACK_IN_PROGRESS$/.test(status) && phase !== 'rollback') {
        phase = 'rollback';
        counted = new Set(touched);
        done.clear();
        inWork.clear();
      } else if (/CLEANUP_IN_PROGRESS$/.test(status)) phase = phase === 'rollback' ? phase : 'cleanup';
      if (/(COMPLETE|FAILED)$/.test(status)) ended = status;
      continue;
    }
    touched.add(logicalId);
    if (isInProgress(status)) {
      const since = inWork.get(logicalId)?.since ?? event.Timestamp ?? new Date();
      inWork.set(logicalId, { logicalId, type, since });
    } else {
      inWork.delete(logicalId);
      if (/(COMPLETE|SKIPPED)$/.test(status) && counted.has(logicalId)) done.add(logicalId);
    }
  }
  return {
    phase,
    done: done.size,
    total: counted.size,
    inWork: [...inWork.values()].sort((a, b) => a.since.getTime() - b.since.getTime()),
    ...(ended !== undefined && { ended }),
  };
};

/** True of events that say that a resource is finished, well or not. */
export const isFinished = (event: StackEvent): boolean =>
  !isOfStack(event) && /(COMPLETE|FAILED|SKIPPED)$/.test(event.ResourceStatus ?? '');

/** Events of the stack itself stand among those of its resources, with the stack's id as the physical id. */
export const isOfStack = ({ PhysicalResourceId: id, StackId: stackId }: StackEvent): boolean => id === stackId;

const isInProgress = (status: string): boolean => status.endsWith('_IN_PROGRESS');
