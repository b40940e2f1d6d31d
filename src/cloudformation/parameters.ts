import { didYouMean } from '../text/nearest.ts';
import { bounded, boundedTime, TimeExceeded } from './bounded.ts';
import { numberPattern, violated } from './constraints.ts';
import { FaultCollector, LocalError } from './errors.ts';
import type { Json } from './json.ts';
import { regionForm } from './region.ts';
import type { ParameterDeclaration, Template } from './template/template.ts';

/**
 * Returns the values of a stack's parameters as `Ref` returns them: a string, or a list of strings for list types. Values come
 * from `given`, or else from defaults. Throws one LocalError with all faults: unknown names, missing values, violated
 * constraints.
 */
export const resolveParameters = (
  declarations: Template['parameters'],
  given: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, Json> => {
  const faults = new FaultCollector();
  const known = [...declarations.keys()];
  for (const name of Object.keys(given).filter((key) => !declarations.has(key))) {
    faults.add('INVALID_PARAMETER', `the template has no parameter ${name}${unknownRemedy(name, known)}`);
  }
  const values = new Map<string, Json>();
  const missing: string[] = [];
  let current = '';
  const readAll = (): void => {
    for (const [name, declaration] of declarations) {
      current = name;
      const text = Object.hasOwn(given, name) ? given[name] : declaration.Default;
      if (text === undefined) missing.push(name);
      else faults.attempt(() => values.set(name, parameterValue(name, declaration, String(text))));
    }
  };
  try {
    if (declarations.size > 0) bounded(readAll);
  } catch (error) {
    if (!(error instanceof TimeExceeded)) throw error;
    faults.add('INVALID_PARAMETER', `parameter ${current}: ${tooSlow(declarations.get(current)?.AllowedPattern)}`);
  }
  if (missing.length > 0) {
    faults.add(
      'INVALID_PARAMETER',
      `parameters without a value or default: ${missing.join(', ')}; give each one as Name=Value`,
    );
  }
  faults.throwIfAny();
  return values;
};

/** Returns the text that follows the name of an undeclared parameter: the nearest declared name, or all of them. */
export const unknownRemedy = (name: string, known: readonly string[]): string =>
  didYouMean(name, known) || (known.length > 0 ? `; its parameters are ${known.join(', ')}` : '; it has none');

/**
 * Returns the fault of a pattern that exceeds the time limit, which applies to all parameters together: almost all patterns take
 * less than a thousandth of it.
 */
export const tooSlow = (pattern = ''): string =>
  `its AllowedPattern ${pattern} takes more than ${boundedTime / 1000} s to match the value: rewrite it, without repetitions within repetitions`;

/** Values of these types are validated by their form only: the twin has no account to look them up in. */
const specificTypes: Readonly<Record<string, RegExp>> = {
  'AWS::EC2::AvailabilityZone::Name': new RegExp(`^${regionForm}[a-z]$`),
  'AWS::EC2::Image::Id': /^ami-[0-9a-f]{8,17}$/,
  'AWS::EC2::Instance::Id': /^i-[0-9a-f]{8,17}$/,
  'AWS::EC2::KeyPair::KeyName': /^.+$/,
  'AWS::EC2::SecurityGroup::GroupName': /^.+$/,
  'AWS::EC2::SecurityGroup::Id': /^sg-[0-9a-f]{8,17}$/,
  'AWS::EC2::Subnet::Id': /^subnet-[0-9a-f]{8,17}$/,
  'AWS::EC2::Volume::Id': /^vol-[0-9a-f]{8,17}$/,
  'AWS::EC2::VPC::Id': /^vpc-[0-9a-f]{8,17}$/,
  'AWS::Route53::HostedZone::Id': /^[A-Z0-9]{1,32}$/,
  'AWS::SSM::Parameter::Name': /^[A-Za-z0-9_./-]+$/,
};

const parameterTypes = (): string[] => {
  const types = ['String', 'Number', ...Object.keys(specificTypes)];
  return [...types, 'CommaDelimitedList', ...types.slice(1).map((type) => `List<${type}>`)];
};

const parameterValue = (name: string, declaration: ParameterDeclaration, text: string): Json => {
  const { Type: type } = declaration;
  const member = /^List<(.+)>$/.exec(type)?.[1];
  const isList = type === 'CommaDelimitedList' || member !== undefined;
  const itemType = member ?? (type === 'CommaDelimitedList' ? 'String' : type);
  const form = itemType === 'Number' ? numberPattern : specificTypes[itemType];
  if (!form && itemType !== 'String') {
    const reason = type.startsWith('AWS::SSM::Parameter::Value')
      ? ': there is no Parameter Store to read from; use a plain type'
      : didYouMean(type, parameterTypes());
    throw new LocalError(
      'INVALID_PARAMETER',
      `parameter ${name}: the type ${type} is not supported by the local twin${reason}`,
    );
  }
  const items = isList ? text.split(',').map((item) => item.trim()) : [text];
  for (const item of items) {
    const fault = form && !form.test(item) ? `is not a value of the type ${itemType}` : violated(declaration, item);
    if (fault) throw new LocalError('INVALID_PARAMETER', violation(name, declaration, item, fault));
  }
  return isList ? items : text;
};

const violation = (
  name: string,
  { ConstraintDescription: description }: ParameterDeclaration,
  item: string,
  fault: string,
): string => `parameter ${name}: ${JSON.stringify(item)} ${fault}${description === undefined ? '' : ` (${description})`}`;
