import type { Finding, Tool } from '../../scan/finding.ts';
import type { Target } from '../../scan/target.ts';

/** Targets as a scan has them, of which nothing is on disk. */
export const defaults: Target = { path: '/root/template.yaml', file: 'template.yaml', variant: 'defaults' };
export const hardened: Target = {
  path: '/tmp/template.python.hardened.json',
  file: 'template.python.yaml',
  variant: 'hardened',
};

export const finding = (tool: Tool, rule: string, resource: string, target: Target): Finding => ({
  tool,
  rule,
  resource,
  target,
  message: 'It is wrong',
});
