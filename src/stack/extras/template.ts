import { Tags } from 'aws-cdk-lib';
import type { CommentedTemplate } from '../cloudformation.ts';
import { synthesize } from '../synthesize.ts';
import { addDashboard } from './dashboard.ts';
import { addExtrasParameters } from './parameters.ts';
import { addWebAcl } from './web-acl.ts';

/**
 * The template of a second, optional stack beside that of an API: AWS WAF in front of it and a dashboard. Neither fits into the
 * API's own template, which has to be taken without a bucket.
 */
export const buildExtras = (): CommentedTemplate =>
  synthesize(description, (stack) => {
    const parameters = addExtrasParameters(stack);
    addWebAcl(stack, parameters);
    addDashboard(stack);
    Tags.of(stack).add('Project', parameters.Project.valueAsString, {
      excludeResourceTypes: ['aws:cdk:stack'],
    });
  });

const description =
  'Extras of the Items API: AWS WAF in front of it and a dashboard, as a stack of its own beside that of the API';
