import { invalidProperty, type LocalError } from '../../../../cloudformation/errors.ts';

/** Endpoint that receives the messages of a topic. */
export interface SnsEndpoint {
  readonly Protocol: string;
  readonly Endpoint: string;
}

/** Form of the endpoint of each protocol. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const forms: Readonly<Record<string, readonly [pattern: RegExp, form: string]>> = {
  http: [/^http:\/\/\S+$/, 'a URL that begins with http://'],
  https: [/^https:\/\/\S+$/, 'a URL that begins with https://'],
  email: [/^[^@\s]+@[^@\s]+$/, 'an email address'],
  'email-json': [/^[^@\s]+@[^@\s]+$/, 'an email address'],
  sms: [/^\+?[\d-]+$/, 'a phone number'],
  sqs: [/^arn:[\w-]+:sqs:[\w-]+:\d{12}:\S+$/, 'the ARN of a queue'],
  application: [/^arn:[\w-]+:sns:[\w-]+:\d{12}:endpoint\/\S+$/, 'the ARN of an endpoint of a mobile app'],
  lambda: [/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:\S+$/, 'the ARN of a function'],
  firehose: [/^arn:[\w-]+:firehose:[\w-]+:\d{12}:deliverystream\/\S+$/, 'the ARN of a delivery stream'],
};

export const protocols: readonly string[] = Object.keys(forms);

/** Returns the faults that Subscribe finds in an endpoint. `path` is the prefix of property names. */
export const endpointFaults = ({ Protocol: protocol, Endpoint: endpoint }: SnsEndpoint, path = ''): LocalError[] => {
  const [pattern, form] = forms[protocol] ?? [/^/, ''];
  if (pattern.test(endpoint)) return [];
  return [invalidProperty(`${path}Endpoint`, `must be ${form} for the Protocol ${protocol}, not ${endpoint}`)];
};
