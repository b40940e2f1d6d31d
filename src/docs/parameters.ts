import { parseDocument } from 'yaml';
import { code, plain, table } from './markdown.ts';

/** A parameter as a template declares it. */
interface Parameter {
  readonly Type: string;
  readonly Default?: string | number;
  readonly AllowedValues?: readonly (string | number)[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinValue?: number;
  readonly MaxValue?: number;
  readonly MinLength?: number;
  readonly MaxLength?: number;
  readonly Description?: string;
}

interface Group {
  readonly Label: { readonly default: string };
  readonly Parameters: readonly string[];
}

/**
 * The page that lists the parameters of the API's template and of the extras', in their groups. Throws if a parameter is not in
 * one group: the console of CloudFormation would show it under "Other parameters".
 */
export const parametersPage = (
  template: string,
  extras: string,
): string => `<!-- Written by "npm run synth" from the templates: change src/stack/parameters.ts and src/stack/extras/parameters.ts, not this file -->

# Parameters

What a deployment may choose, the same in [template.yaml](../template.yaml) and [template.python.yaml](../template.python.yaml):
\`--parameter-overrides Name=Value\` of \`aws cloudformation deploy\`, \`--parameter Name=Value\` of \`npm start --\`.

${sections(template, '##')}

## Extras

Of [template.extras.yaml](../template.extras.yaml), a stack of its own with AWS WAF and a dashboard, which the README shows how to
deploy. The local twin has no WAF and refuses it.

${sections(extras, '###')}
`;

/** A section for each group, under a heading of that level. */
const sections = (template: string, level: string): string => {
  const { parameters, groups } = read(template);
  checkGroups(Object.keys(parameters), groups);
  return groups
    .map(({ Label, Parameters }) => {
      const rows = Parameters.map((name) => row(name, parameters[name] ?? { Type: '' }));
      return `${level} ${Label.default}\n\n${table(['parameter', 'default', 'allowed', 'what it does'], rows)}`;
    })
    .join('\n\n');
};

const read = (template: string): { parameters: Readonly<Record<string, Parameter>>; groups: readonly Group[] } => {
  // Functions of CloudFormation are tags that YAML does not know, and of which these two sections have none.
  const { Parameters, Metadata } = parseDocument(template, { version: '1.1' }).toJS();
  return { parameters: Parameters ?? {}, groups: Metadata?.['AWS::CloudFormation::Interface']?.ParameterGroups ?? [] };
};

const checkGroups = (names: readonly string[], groups: readonly Group[]): void => {
  const grouped = groups.flatMap(({ Label, Parameters }) => Parameters.map((name) => ({ name, group: Label.default })));
  const faults = [
    ...grouped
      .filter(({ name }) => !names.includes(name))
      .map(({ name, group }) => `group ${group} names ${name}, which is no parameter: remove it or declare it`),
    ...names.flatMap((name) => {
      const own = grouped.filter((member) => member.name === name).map(({ group }) => group);
      if (own.length === 0) return [`parameter ${name} is in no group: add it to one of AWS::CloudFormation::Interface`];
      return own.length > 1 ? [`parameter ${name} is in the groups ${own.join(' and ')}: leave it in one`] : [];
    }),
  ];
  if (faults.length) throw new Error(faults.join('\n'));
};

const row = (name: string, parameter: Parameter): string[] => [
  code(name),
  defaultOf(parameter),
  allowed(parameter),
  plain(parameter.Description ?? ''),
];

const defaultOf = ({ Default }: Parameter): string => {
  if (Default === undefined) return 'none: give one';
  return Default === '' ? 'empty' : code(String(Default));
};

/** Every restriction that the template states; what stands for a pattern is its description, if it has one. */
const allowed = (parameter: Parameter): string => {
  const { Type, AllowedValues, AllowedPattern, ConstraintDescription, MinValue, MaxValue, MinLength, MaxLength } = parameter;
  const parts = [
    Type === 'CommaDelimitedList' ? 'comma-separated' : '',
    AllowedValues?.map((value) => code(String(value))).join(', '),
    AllowedPattern && [plain(ConstraintDescription ?? ''), code(AllowedPattern)].filter(Boolean).join(': '),
    range('', MinValue, MaxValue),
    range(' characters', MinLength, MaxLength),
  ];
  return parts.filter(Boolean).join('; ');
};

const range = (unit: string, least: number | undefined, most: number | undefined): string => {
  if (least === undefined) return most === undefined ? '' : `at most ${most}${unit}`;
  return most === undefined ? `at least ${least}${unit}` : `${least} to ${most}${unit}`;
};
