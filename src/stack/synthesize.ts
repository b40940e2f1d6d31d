import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, BootstraplessSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import type { CommentedTemplate } from './cloudformation.ts';
import { commentsOf } from './comment.ts';

/** The template of a stack that has what `add` adds to it, and nothing of the CDK. */
export const synthesize = (description: string, add: (stack: Stack) => void): CommentedTemplate => {
  const outdir = mkdtempSync(join(tmpdir(), 'items-synth-'));
  try {
    // cfn-lint holds the finished template against the same schemas, so the CDK need not.
    const app = new App({ analyticsReporting: false, outdir, builtinCloudFormationValidation: false });
    // The template needs neither a bootstrapped account nor the CDK: nothing in it is for them.
    // It is one, but its declaration is not written for exactOptionalPropertyTypes.
    const synthesizer = new BootstraplessSynthesizer({}) as IStackSynthesizer;
    const stack = new Stack(app, 'Items', { description, synthesizer });
    stack.templateOptions.templateFormatVersion = '2010-09-09';
    add(stack);
    return { template: app.synth().getStackByName(stack.stackName).template, comments: commentsOf(stack) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
};
