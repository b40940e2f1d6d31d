import { type ChangeSet, unserved } from '../deploy/index.ts';
import { changeLines } from './change-lines.ts';
import { terminalWidth } from './confirm.ts';

/** Prints what a change set does, and what the API will not serve in spite of it. */
export const showChanges = ({ changes }: Pick<ChangeSet, 'changes'>): void => {
  console.log(['', ...changeLines(changes, terminalWidth()), ''].join('\n'));
  if (changes.length === 0) console.log('Only outputs or settings of the stack itself change.\n');
  const stale = unserved(changes);
  if (stale.length === 0) return;
  const isAuthorizer = changes.every(
    ({ type, logicalId }) => !stale.includes(logicalId) || type === 'AWS::ApiGateway::Authorizer',
  );
  const remedy = isAuthorizer
    ? 'deploy with another AuthorizationType and then with this one again'
    : 'give the deployment (AWS::ApiGateway::Deployment) a new logical id, and refer to it in the stage';
  console.log(`Warning: the API will not serve the changes to ${stale.join(', ')} before it is deployed anew: ${remedy}.\n`);
};
