import type { Policy, Statement } from './deploy-policy.ts';

/** Returns the statements of a policy for a template: the partition of the stack replaces `aws`. */
export const templateStatements = ({ Statement: statements }: Policy): TemplateStatement[] =>
  statements.map((statement) => {
    const { Resource: resource } = statement;
    return { ...statement, Resource: typeof resource === 'string' ? inPartition(resource) : resource.map(inPartition) };
  });

type Arn = string | { readonly 'Fn::Sub': string };

type TemplateStatement = Omit<Statement, 'Resource'> & { readonly Resource: Arn | readonly Arn[] };

const inPartition = (arn: string): Arn =>
  arn.startsWith('arn:aws:') ? { 'Fn::Sub': arn.replace('arn:aws:', 'arn:${AWS::Partition}:') } : arn;
