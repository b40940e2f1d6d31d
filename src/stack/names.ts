import { Aws, type CfnTag, Fn } from 'aws-cdk-lib';

/**
 * The name of a resource, unique in account and region as the stack's is. It stays the same for the life of a stack,
 * whatever the parameters: a function that changed its name would leave deployments pointing at the old one.
 *
 * It is joined, as AWS::LanguageExtensions was seen to leave a `Fn::Sub` alone that has a pseudo parameter beside the
 * identifier of a loop (https://github.com/aws-cloudformation/cfn-language-discussion/issues/151).
 */
export const stackName = (...parts: readonly string[]): string => Fn.join('-', [Aws.STACK_NAME, ...parts]);

/** The tag that consoles show as a resource's name. */
export const nameTag = (...parts: readonly string[]): CfnTag[] => [{ key: 'Name', value: stackName(...parts) }];
