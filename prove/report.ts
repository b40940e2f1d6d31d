import { duration } from '../src/deploy/progress.ts';
import { plain, table } from '../src/docs/markdown.ts';
import type { Observation } from './facts/index.ts';
import { range, totalMinutes } from './preamble.ts';
import type { Verification } from './proof.ts';
import type { Done } from './steps.ts';

/** The outcome of a run. */
export interface Outcome {
  /** The date, such as 2026-11-28. */
  readonly date: string;
  readonly commit: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly account: string;
  readonly region: string;
  readonly endpoint?: string;
  readonly emulator?: string;
  readonly steps: readonly Done[];
  readonly observations: readonly Observation[];
  readonly verifications: readonly Verification[];
  /** Resources that remain in the account, and how to delete them; absent if nothing remains. */
  readonly left?: string;
}

/** Returns the page of a run: Markdown, without the account number. */
export const report = (outcome: Outcome): string => {
  const { observations, verifications } = outcome;
  const sections = [
    '<!-- Written by "npm run prove" -->',
    '# Proof',
    verdict(outcome),
    origin(outcome),
    `## Steps\n\n${stepTable(outcome.steps)}`,
    `## Facts\n\n${observations.length === 0 ? 'None was compared.' : facts(observations)}`,
    `## Checklist\n\n${verifications.length === 0 ? 'The API was not verified.' : verifications.map(checklist).join('\n\n')}`,
  ];
  return masked(`${sections.filter(Boolean).join('\n\n')}\n`, outcome.account);
};

/** Replaces all but the last four digits of an account number, as API Gateway does in its responses to strangers. */
export const masked = (text: string, account: string): string =>
  account === '' ? text : text.replaceAll(account, `********${account.slice(-4)}`);

const verdict = ({ steps, endpoint, emulator, left }: Outcome): string => {
  const failed = steps.filter(({ outcome }) => outcome === 'failed' || outcome === 'interrupted');
  const where =
    endpoint === undefined
      ? ''
      : `**This is not a proof on AWS.** It was run on ${emulator ?? 'an endpoint that is not AWS'}, at ${endpoint}.`;
  const result =
    failed.length > 0
      ? failed
          .map(({ title, outcome, remark = '' }) =>
            [`**${capital(title)}: ${outcome}.**`, ...(remark ? [block(remark)] : [])].join('\n\n'),
          )
          .join('\n\n')
      : steps.every(({ outcome }) => outcome === 'passed')
        ? 'Every step passed.'
        : '**Not every step was run:** it was interrupted.';
  return [where, result, left === undefined ? '' : `**Left in the account:** ${left}`].filter(Boolean).join('\n\n');
};

const origin = ({ date, commit, versions, account, region }: Outcome): string =>
  table(
    ['', ''],
    [
      ['date', date],
      ['commit', commit],
      ['account', account],
      ['region', region],
      ...Object.entries(versions).map(([name, version]) => [name, version]),
    ],
  );

const stepTable = (steps: readonly Done[]): string => {
  const [from, to] = totalMinutes(steps);
  const total = steps.reduce((sum, { duration: time }) => sum + time, 0);
  return table(
    ['step', 'result', 'time', 'estimated', 'remark'],
    [
      ...steps.map(({ title, outcome, duration: time, minutes, remark = '' }) => [
        title,
        outcome,
        outcome === 'not run' ? '' : duration(time),
        range(minutes),
        oneLine(remark),
      ]),
      ['all', '', duration(total), range([from, to]), ''],
    ],
  );
};

const facts = (observations: readonly Observation[]): string => {
  const order = ['differs', 'not observable here', 'same'] as const;
  const counts = order.map((name) => `${observations.filter((one) => one.verdict === name).length} ${name}`).join(', ');
  const rows = order
    .flatMap((name) => observations.filter((one) => one.verdict === name))
    .map(({ name, statement, source, how, expected, observed, verdict: found }) => [
      found === 'differs' ? `**${found}**` : found,
      name,
      plain(statement),
      `\`${source}\``,
      how,
      oneLine(expected),
      oneLine(observed),
    ]);
  const intro = `What the project states about AWS, compared with what was observed: ${counts}. A fact that differs is to be corrected in the file that states it.`;
  return `${intro}\n\n${table(['verdict', 'fact', 'statement', 'stated in', 'observed by', 'expected', 'observed'], rows)}`;
};

const checklist = ({ edition, checklist: judgements, failed, leftOut }: Verification): string => {
  const rows = judgements.map(({ status, claim, evidence }) => [status, claim, evidence]);
  const list = (title: string, titles: readonly string[]): string =>
    titles.length === 0 ? '' : `${title}:\n\n${titles.map((one) => `- ${plain(one)}`).join('\n')}`;
  return [
    `### ${edition} edition`,
    table(['result', 'criterion', 'evidence'], rows),
    list('Failed', failed),
    list('Left out', leftOut),
  ]
    .filter(Boolean)
    .join('\n\n');
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const oneLine = (text: string): string => plain(text.replace(/\s+/g, ' ').slice(0, 300));

/** Returns text as a code block. */
const block = (text: string): string => `\`\`\`text\n${text.replaceAll('```', "'''")}\n\`\`\``;
