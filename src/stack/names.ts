import { type CfnTag, Fn } from 'aws-cdk-lib';

/**
 * The name of a resource, unique in account and region as the stack's is. It stays the same for the life of a stack,
 * whatever the parameters: a function that changed its name would leave deployments pointing at the old one.
 */
export const stackName = (suffix: string): string => Fn.sub(`\${AWS::StackName}-${suffix}`);

/** The tag that consoles show as a resource's name. */
export const nameTag = (suffix: string): CfnTag[] => [{ key: 'Name', value: stackName(suffix) }];
