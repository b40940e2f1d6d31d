import { invalidProperty, type LocalError } from '../../../../cloudformation/errors.ts';

/** Actions of an alarm when its state changes: ARNs of their targets. */
export interface AlarmActions {
  readonly AlarmActions?: readonly string[];
  readonly InsufficientDataActions?: readonly string[];
  readonly OKActions?: readonly string[];
}

/**
 * Returns the faults that PutMetricAlarm finds in actions. It does not check whether the targets exist.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const actionFaults = (alarm: AlarmActions): LocalError[] =>
  (['AlarmActions', 'InsufficientDataActions', 'OKActions'] as const).flatMap((property) =>
    (alarm[property] ?? []).flatMap((action, index) => faultOf(`${property}.${index}`, property, action) ?? []),
  );

const faultOf = (path: string, property: keyof AlarmActions, action: string): LocalError | undefined => {
  if (forms.some((form) => form.test(action))) return undefined;
  if (investigation.test(action)) {
    if (property === 'AlarmActions') return undefined;
    return invalidProperty(path, `is ${action}, which starts an investigation, and only AlarmActions may; remove it`);
  }
  const known =
    'a topic of SNS, a function, a scaling policy, an EC2 action, an OpsItem or an incident of Systems Manager, or an investigation group';
  return invalidProperty(path, `must be the ARN of what an alarm can call, which is ${known}, not ${action}`);
};

const arn = (rest: string): RegExp => new RegExp(`^arn:[\\w-]+:${rest}$`);
/** Region and account. */
const place = '[a-z0-9-]+:\\d{12}';

const forms: readonly RegExp[] = [
  arn(`sns:${place}:[\\w-]{1,256}(\\.fifo)?`),
  arn(`lambda:${place}:function:[\\w-]{1,64}(:(\\$LATEST|[\\w-]{1,128}))?`),
  arn('automate:[a-z0-9-]+:ec2:(stop|terminate|reboot|recover)'),
  arn(`swf:${place}:action/actions/AWS_EC2\\.InstanceId\\.(Stop|Terminate|Reboot|Recover)/1\\.0`),
  // Auto Scaling groups, and targets of Application Auto Scaling.
  arn(`autoscaling:${place}:scalingPolicy:[\\w-]+:(autoScalingGroupName|resource)/.+:policyName/.+`),
  arn(`ssm:${place}:opsitem:[1-4](#CATEGORY=(Availability|Cost|Performance|Recovery|Security))?`),
  arn('ssm-incidents::\\d{12}:responseplan/.+'),
];
const investigation = arn(`aiops:${place}:investigation-group[:/].+`);
