import type { CommentedTemplate } from './cloudformation.ts';
import type { Edition } from './edition.ts';
import { editions } from './editions.ts';
import { buildExtras } from './extras/template.ts';
import { fold } from './fold.ts';
import { loops } from './loops.ts';
import { buildTemplate } from './template.ts';

/** A template as it is written to its file, and as CloudFormation deploys it. */
export interface ProductTemplate {
  readonly written: CommentedTemplate;
  /** With every loop written out. */
  readonly expanded: CommentedTemplate;
  /** What `aws cloudformation deploy` needs beside the file. */
  readonly deployOptions: string;
}

const ofEdition = (edition: Edition): ProductTemplate => {
  const expanded = buildTemplate(edition);
  return {
    written: fold(expanded, loops(expanded.hash)),
    expanded,
    deployOptions: '--stack-name items-dev --capabilities CAPABILITY_IAM',
  };
};

const ofExtras = (): ProductTemplate => {
  const built = buildExtras();
  const deployOptions = '--stack-name items-dev-extras --parameter-overrides RestApiId=ID';
  return { written: built, expanded: built, deployOptions };
};

/** All templates of the product, by the file that each is kept in. */
export const templates: Readonly<Record<string, () => ProductTemplate>> = {
  ...Object.fromEntries(Object.entries(editions).map(([file, edition]) => [file, () => ofEdition(edition())])),
  'template.extras.yaml': ofExtras,
};
