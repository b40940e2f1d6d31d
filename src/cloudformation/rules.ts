import type { FaultCollector } from './errors.ts';
import { evaluateCondition } from './intrinsics/conditions.ts';
import type { Scope } from './intrinsics/scope.ts';
import { type JsonObject, show } from './json.ts';
import type { RuleDeclaration } from './template/template.ts';

/** Validates the parameters against the Rules section. Reports a failed assertion with its AssertDescription. */
export const checkRules = (
  rules: ReadonlyMap<string, RuleDeclaration>,
  scope: Omit<Scope, 'owner' | 'condition' | 'resources'>,
  faults: FaultCollector,
): void => {
  for (const [name, { RuleCondition: condition, Assertions: assertions }] of rules) {
    const ruleScope = { ...scope, owner: `Rules.${name}`, condition: () => undefined };
    faults.attempt(() => {
      if (condition !== undefined && !evaluateCondition(condition, ruleScope)) return;
      for (const assertion of assertions.filter(({ Assert: assert }) => !evaluateCondition(assert ?? null, ruleScope))) {
        faults.add('RULE_VIOLATED', `rule ${name}: ${describe(assertion)}`);
      }
    });
  }
};

const describe = ({ AssertDescription: description, Assert: assert }: JsonObject): string =>
  typeof description === 'string' ? description : `the parameters violate ${show(assert)}`;
