import { didYouMean, nearest } from '../../text/nearest.ts';
import type { Constraints } from '../constraints.ts';
import { FaultCollector } from '../errors.ts';
import { isObject, type Json, type JsonObject, show } from '../json.ts';
import { readDocument, type SourceDocument } from './document.ts';
import { applyTransform } from './language-extensions.ts';
import { type Members, outputMembers, parameterMembers, resourceMembers, ruleMembers, sections } from './members.ts';

/** A template whose sections have a valid form. Its values are not evaluated yet. Entries are in the order of the file. */
export interface Template {
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  readonly mappings: ReadonlyMap<string, JsonObject>;
  readonly conditions: ReadonlyMap<string, Json>;
  readonly rules: ReadonlyMap<string, RuleDeclaration>;
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
  /** True if the template declares the transform AWS::LanguageExtensions. */
  readonly languageExtensions: boolean;
  /** A sentence for each construct that CloudFormation accepts but that is probably a mistake, such as a duplicate key. */
  readonly warnings: readonly string[];
}

export interface ParameterDeclaration extends Constraints {
  readonly Type: string;
  readonly Default?: string | number | boolean;
  readonly ConstraintDescription?: string;
}

export interface RuleDeclaration {
  readonly RuleCondition?: Json;
  readonly Assertions: readonly JsonObject[];
}

export interface ResourceDeclaration {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

export interface OutputDeclaration {
  readonly Value: Json;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: Json };
}

/** Parses a template in YAML or JSON. Throws one LocalError with all faults of its form, each with its line. */
export const parseTemplate = (text: string): Template => {
  const source = readDocument(text);
  // `applyTransform` accepts no other transform.
  const languageExtensions = isObject(source.root) && Object.hasOwn(source.root, 'Transform');
  const document = applyTransform(source);
  const faults = new FaultCollector();
  const template = new Checker(document, faults).template();
  faults.throwIfAny();
  return { ...template, languageExtensions };
};

/** Sections that are documentation and not evaluated. */
const descriptive = ['AWSTemplateFormatVersion', 'Description', 'Metadata'];

type Section = keyof typeof sections;

class Checker {
  readonly #document: SourceDocument;
  readonly #faults: FaultCollector;
  readonly #root: JsonObject;

  constructor(document: SourceDocument, faults: FaultCollector) {
    this.#document = document;
    this.#faults = faults;
    this.#root = isObject(document.root) ? document.root : {};
    if (document.root === null) this.#fault('the template is empty: declare Resources in it, or name another one');
    else if (!isObject(document.root)) this.#fault('the template must be a map of sections, Resources among them');
  }

  template(): Omit<Template, 'languageExtensions'> {
    for (const name of Object.keys(this.#root)) this.#checkSectionName(name);
    const version = this.#root.AWSTemplateFormatVersion;
    if (version !== undefined && version !== '2010-09-09') {
      this.#fault(
        `AWSTemplateFormatVersion is ${show(version)}; the only one is 2010-09-09`,
        this.#root,
        'AWSTemplateFormatVersion',
      );
    }
    const isMisspelt = Object.keys(this.#root).some((name) => nearest(name, ['Resources']) !== undefined);
    if (isObject(this.#document.root) && !Object.hasOwn(this.#root, 'Resources') && !isMisspelt) {
      this.#fault('the template has no Resources: declare at least one');
    }
    return {
      parameters: this.#declarations<ParameterDeclaration>('Parameters', parameterMembers),
      mappings: this.#mappings(),
      conditions: this.#section('Conditions'),
      rules: this.#declarations<RuleDeclaration>('Rules', ruleMembers),
      resources: this.#declarations<ResourceDeclaration>('Resources', resourceMembers),
      outputs: this.#declarations<OutputDeclaration>('Outputs', outputMembers),
      warnings: this.#document.warnings,
    };
  }

  #checkSectionName(name: string): void {
    if (name in sections || descriptive.includes(name)) return;
    const known = [...descriptive, ...Object.keys(sections)];
    const remedy = didYouMean(name, known) || `; the sections are ${known.join(', ')}`;
    const reason =
      name === 'Hooks'
        ? `the section ${name} is not supported by the local twin`
        : `there is no section ${name} in a template${remedy}`;
    this.#fault(reason, this.#root, name);
  }

  #section(section: Section): Map<string, Json> {
    const value = Object.hasOwn(this.#root, section) ? this.#root[section] : undefined;
    if (value === undefined) return new Map();
    if (!isObject(value) || (section === 'Resources' && Object.keys(value).length === 0)) {
      this.#fault(`${section} must be a map of names to declarations`, this.#root, section);
      return new Map();
    }
    const entries = Object.entries(value);
    if (entries.length > sections[section]) {
      this.#fault(
        `${section} has ${entries.length} entries; CloudFormation allows ${sections[section]}`,
        this.#root,
        section,
      );
    }
    for (const [name, declaration] of entries) {
      if (!/^[A-Za-z0-9]{1,255}$/.test(name)) {
        this.#fault(`${section}.${name}: names have letters and digits only, at most 255: rename it`, value, name);
      }
      this.#rejectNull(declaration, `${section}.${name}`, value, name);
    }
    return new Map(entries);
  }

  #declarations<Declaration>(section: Section, members: Members): Map<string, Declaration> {
    const declarations = new Map<string, Declaration>();
    const container = this.#root[section] ?? null;
    for (const [name, declaration] of this.#section(section)) {
      const where = `${section}.${name}`;
      if (!isObject(declaration)) {
        this.#fault(`${where} must be a map with ${Object.keys(members).join(', ')}`, container, name);
        continue;
      }
      for (const key of Object.keys(declaration)) {
        const fault = Object.hasOwn(members, key)
          ? members[key]?.check(declaration[key] ?? null)
          : unknownMember(key, section, members);
        if (fault) this.#fault(`${where}: ${key} ${fault}`, declaration, key);
      }
      for (const [key, member] of Object.entries(members)) {
        if (member.required && !Object.hasOwn(declaration, key))
          this.#fault(`${where} has no ${key}: add one`, container, name);
      }
      declarations.set(name, declaration as Declaration);
    }
    return declarations;
  }

  #mappings(): Map<string, JsonObject> {
    const mappings = new Map<string, JsonObject>();
    for (const [name, mapping] of this.#section('Mappings')) {
      const levels = isObject(mapping) ? Object.values(mapping) : [null];
      const values = levels.flatMap((level) => (isObject(level) ? Object.values(level) : [null]));
      if (
        isObject(mapping) &&
        values.every((value) => [value].flat().every((item) => item !== null && typeof item !== 'object'))
      ) {
        mappings.set(name, mapping);
      } else {
        const rule = 'a mapping has two levels of keys, and literal strings or lists of them as values';
        this.#fault(`Mappings.${name}: ${rule}`, this.#root.Mappings ?? null, name);
      }
    }
    return mappings;
  }

  #rejectNull(value: Json, where: string, container: Json, key?: string): void {
    if (value === null) this.#fault(`${where} has no value: give it one, or remove it`, container, key);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, item] of Object.entries<Json>(value)) this.#rejectNull(item, `${where}.${name}`, value, name);
  }

  #fault(message: string, container: Json = null, key?: string): void {
    const line = this.#document.lineOf(container, key);
    this.#faults.add('INVALID_TEMPLATE', line === undefined ? message : `line ${line}: ${message}`);
  }
}

const unknownMember = (name: string, section: Section, members: Members): string => {
  const known = Object.keys(members);
  const remedy = didYouMean(name, known) || `; supported are ${known.join(', ')}`;
  return `is not supported by the local twin in ${section}${remedy}`;
};
