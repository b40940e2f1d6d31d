import { type Stack, Tags } from 'aws-cdk-lib';
import { addAlarms } from './alarms.ts';
import { addApi } from './api.ts';
import { addApiKey } from './api-key.ts';
import type { CommentedTemplate } from './cloudformation.ts';
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
import { synthesize } from './synthesize.ts';
import { addTable } from './table.ts';

/** The template of an edition. Pure: one edition gives one template, key by key in the same order. */
export const buildTemplate = (edition: Edition): CommentedTemplate & { readonly hash: string } => {
  const build = (hash: string): CommentedTemplate => synthesize(description, (stack) => addEverything(stack, edition, hash));
  const hash = snapshotHash(build('').template);
  return { ...build(hash), hash };
};

const description =
  'Items API: a REST API for data entities on API Gateway, Lambda and DynamoDB, in a VPC of its own. Complete in this one file';

const addEverything = (stack: Stack, edition: Edition, hash: string): void => {
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
