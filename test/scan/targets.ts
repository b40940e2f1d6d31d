import type { Finding, Tool } from '../../scan/finding.ts';
import type { PlainTarget, Target } from '../../scan/target.ts';

const template = { AWSTemplateFormatVersion: '2010-09-09', Resources: {}, Outputs: {} } as const;

/** Targets as a scan has them, of which nothing is on disk. */
export const shipped: Target = { path: '/root/template.yaml', file: 'template.yaml', variant: 'shipped' };
export const defaults: PlainTarget = {
  path: '/tmp/template.defaults.json',
  file: 'template.yaml',
  variant: 'defaults',
  template,
};
export const hardened: PlainTarget = {
  path: '/tmp/template.python.hardened.json',
  file: 'template.python.yaml',
  variant: 'hardened',
  template,
};

export const finding = (tool: Tool, rule: string, resource: string, target: Target): Finding => ({
  tool,
  rule,
  resource,
  target,
  message: 'It is wrong',
});
