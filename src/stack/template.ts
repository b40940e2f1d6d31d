import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, BootstraplessSynthesizer, type IStackSynthesizer, Stack, Tags } from 'aws-cdk-lib';
import { addAlarms } from './alarms.ts';
import { addApi } from './api.ts';
import { addApiKey } from './api-key.ts';
import type { CommentedTemplate } from './cloudformation.ts';
import { commentsOf } from './comment.ts';
import { addConditions } from './conditions.ts';
import { addDeployments, snapshotHash } from './deployment.ts';
import type { Edition } from './edition.ts';
import { addSecurityGroup, addTableEndpoint } from './egress.ts';
import { addFlowLogs } from './flow-logs.ts';
import { addFunctions } from './functions.ts';
import { addNetwork } from './network.ts';
import { addOutputs } from './outputs.ts';
import { addParameters, tagParameters } from './parameters.ts';
import { addQueries } from './queries.ts';
import { addRules } from './rules.ts';
import { addStage } from './stage.ts';
import { addTable } from './table.ts';

/** The template of an edition. Pure: one edition gives one template, key by key in the same order. */
export const buildTemplate = (edition: Edition): CommentedTemplate & { readonly hash: string } => {
  const draft = synthesize(edition, '');
  const hash = snapshotHash(draft.template);
  return { ...synthesize(edition, hash), hash };
};

const synthesize = (edition: Edition, hash: string): CommentedTemplate => {
  const outdir = mkdtempSync(join(tmpdir(), 'items-synth-'));
  try {
    // cfn-lint holds the finished template against the same schemas, so the CDK need not.
    const app = new App({ analyticsReporting: false, outdir, builtinCloudFormationValidation: false });
    // The template needs neither a bootstrapped account nor the CDK: nothing in it is for them.
    // It is one, but its declaration is not written for exactOptionalPropertyTypes.
    const synthesizer = new BootstraplessSynthesizer({}) as IStackSynthesizer;
    const stack = new Stack(app, 'Items', { description, synthesizer });
    addEverything(stack, edition, hash);
    return { template: app.synth().getStackByName(stack.stackName).template, comments: commentsOf(stack) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

const description =
  'Items API: a REST API for data entities on API Gateway, Lambda and DynamoDB, in a VPC of its own. Complete in this one file';

const addEverything = (stack: Stack, edition: Edition, hash: string): void => {
  stack.templateOptions.templateFormatVersion = '2010-09-09';
  const parameters = addParameters(stack);
  addRules(stack, parameters);
  const conditions = addConditions(stack, parameters);
  const network = addNetwork(stack, conditions);
  const table = addTable(stack, parameters, conditions);
  addTableEndpoint(stack, network, table);
  const securityGroup = addSecurityGroup(stack, network, parameters, conditions);
  addFlowLogs(stack, { parameters, conditions }, network.vpc);
  addFunctions(stack, { edition, parameters, conditions, network, securityGroup, table });
  const api = addApi(stack, parameters, conditions);
  const deploymentId = addDeployments(stack, api, conditions, hash);
  const stage = addStage(stack, api.restApi.ref, deploymentId, parameters, conditions);
  const apiKey = addApiKey(stack, api.restApi, stage, parameters, conditions);
  const alarmTopicArn = addAlarms(stack, { parameters, conditions, table, stage });
  addQueries(stack);
  addOutputs(stack, { conditions, network, securityGroup, table, apiKey, alarmTopicArn });
  for (const name of tagParameters) {
    Tags.of(stack).add(name, parameters[name].valueAsString, { excludeResourceTypes: ['aws:cdk:stack'] });
  }
};
