import { parseTemplate } from '../../src/cloudformation/template/template.ts';
import { typescript } from '../editions.ts';

/** template.yaml, parsed. */
export const template = parseTemplate(typescript.template);

/** The resources of a type, by logical id. */
export const resourcesOf = (type: string) =>
  Object.fromEntries([...template.resources].filter(([, resource]) => resource.Type === type));
