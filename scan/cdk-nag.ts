import { join } from 'node:path';
import { App, type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import {
  AwsSolutionsChecks,
  type IApplyRule,
  type NagPack,
  NagRuleCompliance,
  type NagRuleResult,
  ServerlessChecks,
} from 'cdk-nag';
import manifest from 'cdk-nag/package.json' with { type: 'json' };
import type { Finding, Report } from './finding.ts';
import type { Target } from './target.ts';

/**
 * Runs the packs AwsSolutions and Serverless of cdk-nag. `rules` counts the rules that found a resource compliant or not; a rule
 * that applies to no resource is not counted. A rule that throws is a separate finding, `Rule[not evaluated]`.
 */
export const cdkNag = (targets: readonly Target[], directory: string): Report => {
  const evaluated = new Set<string>();
  const findings = targets.flatMap((target, index) => {
    // Without an output folder, the CDK creates one and does not delete it.
    const outdir = join(directory, `cdk-${index}`);
    const stack = new Stack(new App({ analyticsReporting: false, outdir }), 'Stack');
    new CfnInclude(stack, 'Template', { templateFile: target.path });
    const results = [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) => resultsOf(pack, stack));
    for (const { rule, result } of results) if (result !== NagRuleCompliance.NOT_APPLICABLE) evaluated.add(rule);
    return results.flatMap((result) => findingsOf(result, target));
  });
  return { tool: 'cdk-nag', version: manifest.version, rules: evaluated.size, findings };
};

/** The result of a rule for a resource; an error if the rule threw one. */
export interface RuleResult {
  readonly rule: string;
  readonly resource: string;
  readonly message: string;
  readonly result: NagRuleResult | Error;
}

/**
 * Converts the result of a rule to findings. A rule may name several findings in one resource, such as each policy. They are in
 * brackets, as cdk-nag writes them. A partition that is a reference becomes `aws`, so that a finding has the same name in all
 * variants.
 */
export const findingsOf = ({ rule, resource, message, result }: RuleResult, target: Target): Finding[] => {
  const finding = (name: string, text = message): Finding => ({
    tool: 'cdk-nag',
    rule: name,
    resource,
    target,
    message: text,
  });
  if (result instanceof Error) return [finding(`${rule}[not evaluated]`, result.message)];
  if (Array.isArray(result)) return result.map((name) => finding(`${rule}[${name.replaceAll('<AWS::Partition>', 'aws')}]`));
  return result === NagRuleCompliance.NON_COMPLIANT ? [finding(rule)] : [];
};

/** A pack reports only what is not compliant. So `applyRule` is replaced, to get the result of every rule. */
const resultsOf = (pack: NagPack, stack: Stack): readonly RuleResult[] => {
  const results: RuleResult[] = [];
  Object.defineProperty(pack, 'applyRule', {
    value: (params: IApplyRule) => results.push(resultOf(pack.readPackName, params)),
  });
  pack.validateScope(stack);
  return results;
};

const resultOf = (pack: string, { ruleSuffixOverride: suffix, rule, node, info, explanation }: IApplyRule): RuleResult => ({
  rule: `${pack}-${suffix ?? rule.name}`,
  resource: node.node.id,
  message: `${info} ${explanation}`,
  result: judge(rule, node),
});

const judge = (rule: IApplyRule['rule'], node: CfnResource): NagRuleResult | Error => {
  try {
    return rule(node);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};
