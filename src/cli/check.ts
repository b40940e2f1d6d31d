import { Command } from 'commander';
import type { Check, CheckedResource } from '../twin/check/index.ts';
import { parameter, region } from './arguments.ts';
import { SilentFailure } from './run.ts';
import { readTemplate } from './template-file.ts';

interface Options {
  readonly parameter?: Readonly<Record<string, string>>;
  readonly region: string;
  readonly allowInert?: boolean;
}

/** `items check`: lists what the twin supports of a template. */
export const checkCommand = (): Command =>
  new Command('check')
    .description('Lists what "items local" supports of a template, what it accepts without effect, and what it rejects.')
    .argument('<template>', 'the template, YAML or JSON')
    .option('--parameter <Key=Value>', "value of one of the template's parameters; repeatable", parameter)
    .option('--region <name>', 'AWS Region of the stack', region, 'us-east-1')
    .option('--allow-inert', 'accept types that no request needs, as "items local" does with this option')
    .allowExcessArguments(false)
    .action(check);

const check = async (
  file: string,
  { parameter: parameters = {}, region: name, allowInert = false }: Options,
): Promise<void> => {
  const text = await readTemplate(file);
  const { checkTemplate } = await import('../twin/check/index.ts');
  const result = checkTemplate(text, { parameters, region: name, allowInert });
  for (const line of checkLines(file, result)) console.log(line);
  if (result.faults.length > 0 || result.resources.some(({ status }) => status === 'rejected')) throw new SilentFailure();
};

/** Returns the lines of the result: one per resource, the reasons of rejections, and a summary. */
export const checkLines = (file: string, { resources, faults }: Check): string[] => {
  const width = Math.max(0, ...resources.map(({ logicalId, type }) => logicalId.length + type.length + 3));
  const count = (status: CheckedResource['status']): number => resources.filter((one) => one.status === status).length;
  const statuses = (['supported', 'inert', 'rejected', 'left out'] as const).filter((status) => count(status) > 0);
  return [
    ...resources.flatMap(({ logicalId, type, line, status, reasons, withoutEffect, needs }) => {
      const place = `${file}:${line ?? '?'}`;
      const idle = withoutEffect.length > 0 ? ` (without effect: ${withoutEffect.join(', ')})` : '';
      const head = `${place}  ${`${logicalId} (${type})`.padEnd(width)}  ${status}${needs === undefined ? '' : ` with ${needs}`}${idle}`;
      return [head, ...reasons.map((reason) => `  ${reason}`)];
    }),
    ...faults.map((fault) => `${file}: ${fault}`),
    `${resources.length} resources: ${statuses.map((status) => `${count(status)} ${status}`).join(', ')}${faults.length > 0 ? `; ${faults.length} other faults` : ''}`,
  ];
};
