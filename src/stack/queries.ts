import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { operations } from '../contract/operations.ts';
import { comment } from './comment.ts';
import { stackName } from './names.ts';

/** Adds queries of Logs Insights for the questions of an incident: what fails and why, and what is slow for whom. */
export const addQueries = (stack: Stack): void => {
  const functionLogs = operations.map(({ name }) => Fn.ref(`${name}LogGroup`));
  comment(
    new CfnQueryDefinition(stack, 'FailuresQuery', {
      name: stackName('failures'),
      logGroupNames: functionLogs,
      queryString: `fields @timestamp, message.operation, message.status, message.error.errorMessage, message.cause, message.apiRequestId, level, record.status
| filter message.status >= 500 or level = "ERROR" or type = "platform.report" and record.status != "success"
| sort @timestamp desc`,
    }),
    'Queries for CloudWatch Logs Insights',
  );
  new CfnQueryDefinition(stack, 'SlowestQuery', {
    name: stackName('slowest'),
    logGroupNames: [Fn.ref('AccessLogGroup')],
    queryString: `fields @timestamp, latency, integrationLatency, method, path, status, ip, user, subject, requestId
| sort latency desc
| limit 100`,
  });
};
