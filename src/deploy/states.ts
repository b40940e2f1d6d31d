/** Operation that a stack's status allows: a change set of a type, or none, with the reason and the remedy. */
export type Readiness = { readonly changeSetType: 'CREATE' | 'UPDATE' } | { readonly reason: string };

/** Returns the readiness for a status of the stack `name`. An undefined status means that the stack does not exist. */
export const deployable = (environment: string, name: string, status: string | undefined): Readiness => {
  if (status === undefined || status === 'REVIEW_IN_PROGRESS') return { changeSetType: 'CREATE' };
  if (/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status)) return { changeSetType: 'UPDATE' };
  const remedy = status.endsWith('_IN_PROGRESS')
    ? 'an operation is under way: wait until it has ended, and try again'
    : (remedies[status]?.replace('ENV', environment) ??
      `look at it with "aws cloudformation describe-stack-events --stack-name ${name}"`);
  return { reason: `the stack ${name} is in the state ${status} and cannot be updated: ${remedy}` };
};

/** Returns the reason why a stack cannot be deleted now; undefined if it can, or if its deletion is in progress. */
export const undeletable = (name: string, status: string): string | undefined =>
  status.endsWith('_IN_PROGRESS') && !['REVIEW_IN_PROGRESS', 'DELETE_IN_PROGRESS'].includes(status)
    ? `the stack ${name} is in the state ${status} and cannot be deleted: wait until the operation has ended, and try again`
    : undefined;

const destroyFirst = 'it was never complete, so delete it with "npm run destroy -- ENV" and deploy again';

const remedies: Readonly<Record<string, string>> = {
  ROLLBACK_COMPLETE: destroyFirst,
  ROLLBACK_FAILED: destroyFirst,
  CREATE_FAILED: destroyFirst,
  DELETE_FAILED: 'finish the deletion with "npm run destroy -- ENV", then deploy again',
  UPDATE_FAILED: 'roll it back with "aws cloudformation rollback-stack", then deploy again',
  UPDATE_ROLLBACK_FAILED:
    'fix what the last *_FAILED event names, run "aws cloudformation continue-update-rollback", then deploy again',
  IMPORT_ROLLBACK_FAILED: 'fix what the last *_FAILED event names in the console of CloudFormation, then deploy again',
};
