import { table } from './markdown.ts';

/** Result of the trial of a public template, as in `trial/results.json`. */
export interface TriedTemplate {
  readonly repository: string;
  readonly path: string;
  readonly commit: string;
  /** `answered`: it started, and each request got the response that AWS gives. `started`: its requests need another service. */
  readonly outcome: 'answered' | 'answered otherwise' | 'started' | 'rejected';
  /** Types that are inert with --allow-inert. */
  readonly inert: readonly string[];
  /** The first message of the rejection, or the first response that differs. */
  readonly message?: string;
  readonly fault?: string;
  readonly foreign?: string;
  readonly unsupported?: string;
  /** True if the trial created the code, because the repository has none that runs. */
  readonly standIn?: true;
}

/** Returns the section on public templates: how many respond as on AWS, and the result of each. */
export const publicTemplatesSection = (tried: readonly TriedTemplate[]): string => `## Public templates

\`npm run trial -- FOLDER\` tries ${tried.length} public templates with a REST API as they are, with \`--allow-inert\` and values for parameters without a
default: [what is known of each](../trial/templates.ts). FOLDER has their repositories. ${summaryOf(tried)}
Code that is in S3, and not in the repository, is replaced by a function that returns 200.

${table(['template', 'result', 'what is known of it'], tried.map(row))}`;

/** Counts the templates that respond as on AWS, among those that AWS creates and whose requests need no other service. */
export const summaryOf = (tried: readonly TriedTemplate[]): string => {
  const own = tried.filter(({ fault, foreign }) => fault === undefined && foreign === undefined);
  const answered = own.filter(({ outcome }) => outcome === 'answered').length;
  const faulty = tried.filter(({ fault }) => fault !== undefined).length;
  const percent = own.length === 0 ? 0 : Math.round((100 * answered) / own.length);
  return (
    `AWS itself rejects ${faulty}; the requests of ${tried.length - faulty - own.length} others need services that the twin does not have. ` +
    `Of the remaining ${own.length}, ${answered} start and respond as on AWS (${percent} %).`
  );
};

const row = (template: TriedTemplate): string[] => {
  const { repository, path, commit, outcome, message = '' } = template;
  const line = /^line (\d+):/.exec(message)?.[1];
  const place = outcome === 'rejected' && line !== undefined ? ` at line ${line}` : '';
  const url = `https://github.com/${repository}/blob/${commit}/${path}`;
  return [`[${repository}/${path}](${url})`, `${words[outcome]}${place}`, knownOf(template)];
};

const words = {
  answered: 'responds as on AWS',
  'answered otherwise': 'responds otherwise',
  started: 'starts',
  rejected: 'rejected',
};

const knownOf = ({ inert, fault, foreign, unsupported, standIn }: TriedTemplate): string =>
  [
    ...(fault === undefined ? [] : [`AWS rejects it: ${fault}`]),
    ...(foreign === undefined ? [] : [`its requests need ${foreign}`]),
    ...(unsupported === undefined ? [] : [`not supported: ${unsupported}`]),
    ...(inert.length === 0 ? [] : [`inert: ${inert.map((type) => type.replace('AWS::', '')).join(', ')}`]),
    ...(standIn ? ['code in S3'] : []),
  ].join('; ');
