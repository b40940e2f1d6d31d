import { readDocument } from '../cloudformation/template/document.ts';
import { code, plain, table } from './markdown.ts';

/** A parameter as declared in a template. */
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
 * Returns the page that lists the parameters of a template by group. Throws if a parameter is not in exactly one group: the
 * console of CloudFormation would show it under "Other parameters".
 */
export const parametersPage = (
  template: string,
): string => `<!-- Written by "npm run synth" from template.yaml: change src/stack/parameters.ts, not this file -->

# Parameters

The parameters of a deployment, the same in [template.yaml](../template.yaml) and [template.python.yaml](../template.python.yaml). Set
them with \`--parameter-overrides Name=Value\` of \`aws cloudformation deploy\`, in \`parameters\` of a file in \`environments/\`, or with
\`--parameter Name=Value\` of \`npm run deploy -- dev\` and \`npm start --\`.

${sections(template)}
`;

const sections = (template: string): string => {
  const { parameters, groups } = read(template);
  checkGroups(Object.keys(parameters), groups);
  return groups
    .map(({ Label, Parameters }) => {
      const rows = Parameters.map((name) => row(name, parameters[name] ?? { Type: '' }));
      return `## ${Label.default}\n\n${table(['parameter', 'default', 'allowed', 'what it does'], rows)}`;
    })
    .join('\n\n');
};

const read = (template: string): { parameters: Readonly<Record<string, Parameter>>; groups: readonly Group[] } => {
  const { Parameters, Metadata } = readDocument(template).root as Sections;
  return { parameters: Parameters ?? {}, groups: Metadata?.['AWS::CloudFormation::Interface']?.ParameterGroups ?? [] };
};

/** The sections that the page uses. */
interface Sections {
  readonly Parameters?: Readonly<Record<string, Parameter>>;
  readonly Metadata?: { readonly 'AWS::CloudFormation::Interface'?: { readonly ParameterGroups?: readonly Group[] } };
}

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

/** Returns every constraint of a parameter. A pattern is preceded by its description, if it has one. */
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
