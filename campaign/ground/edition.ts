import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDocument, visit } from 'yaml';

export type EditionName = 'typescript' | 'python';

/** A template of the product that can be deployed with any DynamoDB endpoint. */
export interface Edition {
  readonly name: EditionName;
  /** Returns the template with this URL as the DynamoDB endpoint of each function. */
  templateFor(dynamoDbEndpoint: string): string;
}

/** Template of each edition, by path from the root of the project. */
export const templateFiles: Readonly<Record<EditionName, string>> = {
  typescript: 'template.yaml',
  python: 'template.python.yaml',
};

export const editionNames = Object.keys(templateFiles) as readonly EditionName[];

export const readEdition = (name: EditionName): Edition => {
  const template = withEndpoint(
    readFileSync(resolve(import.meta.dirname, '../..', templateFiles[name]), 'utf8'),
    placeholder,
  );
  return { name, templateFor: (endpoint) => template.replaceAll(placeholder, endpoint) };
};

/** Parsing and writing a template takes half a second. With this placeholder it happens once for each edition. */
const placeholder = 'http://endpoint.invalid';

/**
 * Adds `AWS_ENDPOINT_URL_DYNAMODB` to the variables of each function in a template. As on AWS, a variable of the function takes
 * precedence over the endpoint that the twin sets.
 */
export const withEndpoint = (template: string, endpoint: string): string => {
  const document = parseDocument(template);
  let functions = 0;
  visit(document, {
    Map(_key, map) {
      if (map.get('Type') !== 'AWS::Lambda::Function') return;
      map.setIn(['Properties', 'Environment', 'Variables', 'AWS_ENDPOINT_URL_DYNAMODB'], endpoint);
      functions++;
    },
  });
  if (functions === 0) throw new Error('the template has no function');
  return document.toString({ lineWidth: 0 });
};
