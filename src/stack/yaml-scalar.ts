import { stringify } from 'yaml';

/** Formats a scalar as YAML. In flow style, brackets and commas are also quoted. */
export const scalar = (value: unknown, style: 'block' | 'flow'): string => {
  if (typeof value === 'string' && plain.test(value) && !ambiguous.test(value)) return value;
  if (typeof value === 'string' && (special.test(value) || unprintable.test(value))) return quoted(value);
  const key = `${style} ${typeof value} ${value}`;
  const known = written.get(key);
  if (known !== undefined) return known;
  const text =
    style === 'block'
      ? stringify(value, options).replace(/\n$/, '')
      : inFlow(
          stringify([value], { ...options, collectionStyle: 'flow', flowCollectionPadding: false })
            .replace(/\n$/, '')
            .slice(1, -1),
        );
  written.set(key, text);
  return text;
};

/**
 * Characters that YAML 1.1 does not accept unescaped or treats as a line break, or that a reader does not see: all but letters,
 * signs and the space.
 */
export const unprintable = /[^\P{C}\n]|(?! )\p{Z}/u;

/** CloudFormation reads YAML 1.1, in which `on`, 2012-10-17 and 1:30 are not strings unless they are quoted. */
const options = { version: '1.1', schema: 'yaml-1.1', singleQuote: true, blockQuote: false, lineWidth: 0 } as const;

/** Between brackets, readers of YAML 1.1 treat more colons and question marks as syntax than the library expects. */
const inFlow = (text: string): string =>
  /^[?:]|^[^'"].*(?:\?|:(?![\w*]))/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;

/** The library is slow for a scalar, and most scalars are repeated. */
const written = new Map<string, string>();

/** Words, names and paths that are strings in every context. */
const plain = /^[A-Za-z][\w./-]*(?:::?[\w./-]+)*$/;

/** Words that YAML 1.1, or one of its readers, does not read as strings. */
const ambiguous = /^(?:y|n|yes|no|on|off|true|false|null|e-?\d+)$/i;

/** Text of several lines, and keys that have a special meaning in YAML 1.1. */
const special = /\n|^(?:<<|=)$/;

/** Returns the string in double quotes, with escapes that JSON and YAML share. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(/[^\P{C}\n]|(?! )\p{Z}/gu, (character) => {
    const code = character.codePointAt(0)?.toString(16) ?? '';
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
