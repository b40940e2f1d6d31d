import { operations } from '../contract/operations.ts';
import { ref, sub } from './cloudformation.ts';
import type { Group } from './group.ts';
import { logGroupId } from './operation.ts';

/** Returns CloudWatch Logs Insights queries for an incident: which requests fail and why, and which are slow and for whom. */
export const queries = (): Group => ({
  heading: 'Saved queries for CloudWatch Logs Insights: which requests failed and why, and which were slow',
  resources: {
    FailuresQuery: {
      Type: 'AWS::Logs::QueryDefinition',
      Properties: {
        Name: sub('${AWS::StackName}-failures'),
        LogGroupNames: operations.map((operation) => ref(logGroupId(operation))),
        QueryString: `fields @timestamp, message.operation, message.status, message.error.errorMessage, message.cause,
  message.apiRequestId, level, record.status
| filter message.status >= 500 or level = "ERROR" or type = "platform.report" and record.status != "success"
| sort @timestamp desc`,
      },
    },
    SlowestQuery: {
      Type: 'AWS::Logs::QueryDefinition',
      Properties: {
        Name: sub('${AWS::StackName}-slowest'),
        LogGroupNames: [ref('AccessLogGroup')],
        QueryString: `fields @timestamp, latency, integrationLatency, method, path, status, ip, user, subject, requestId
| sort latency desc
| limit 100`,
      },
    },
  },
});
