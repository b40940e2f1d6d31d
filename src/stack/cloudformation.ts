import type { Comments } from './comment.ts';

/** A CloudFormation template as JSON. */
export interface Template {
  readonly [section: string]: unknown;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** A template and what to say in it. */
export interface CommentedTemplate {
  readonly template: Template;
  readonly comments: Comments;
}
