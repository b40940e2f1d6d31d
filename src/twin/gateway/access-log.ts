import { LocalError } from '../../cloudformation/errors.ts';
import { compileSubstitution, type Variables } from './templates/substitute.ts';

/**
 * Compiles an access-log format. A variable without a value prints `-`. In a JSON format, values are escaped for JSON strings. As
 * recorded, `$context.error.messageString` is not escaped, and without an error it prints `-` like any other variable. A line is
 * therefore invalid JSON if that variable is unquoted and there is no error, or if it is quoted and there is an error.
 * `"$context.error.message"` is always valid.
 */
export const compileAccessLog = (format: string): ((variables: Variables) => string) => {
  const line = format.replace(/\r?\n$/, '');
  if (line.includes('\n')) {
    throw new LocalError(
      'INVALID_PROPERTY',
      'AccessLogSetting.Format has a line break in the middle, which API Gateway rejects: write it on a single line',
    );
  }
  if (!/\$context\.(?:requestId|extendedRequestId)\b/.test(line)) {
    throw new LocalError(
      'INVALID_PROPERTY',
      'AccessLogSetting.Format lacks the request id, which API Gateway requires: add $context.requestId or $context.extendedRequestId',
    );
  }
  const isJson = line.trimStart().startsWith('{');
  return compileSubstitution(line, (value, name) => {
    if (value === undefined) {
      return '-';
    }
    return isJson && name !== quotedVariable ? JSON.stringify(value).slice(1, -1) : value;
  });
};

/** Returns the name of the log group in the destination ARN of an access log. */
export const logGroupOfArn = (arn: string): string => {
  const group = /^arn:[\w-]+:logs:[\w-]+:\d{12}:log-group:([^:]+)(?::\*)?$/.exec(arn)?.[1];
  if (group === undefined) {
    throw new LocalError(
      'INVALID_PROPERTY',
      `AccessLogSetting.DestinationArn ${arn} is not the ARN of a log group, the only destination that the twin supports`,
    );
  }
  return group;
};

/** The value of this variable already contains its quotes and escapes. */
const quotedVariable = 'context.error.messageString';
