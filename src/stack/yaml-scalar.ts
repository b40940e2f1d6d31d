import { stringify } from 'yaml';

/** A scalar as YAML; in flow style brackets and commas are quoted as well. */
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
 * Characters that YAML 1.1 does not take as they are, takes for a line break, or a reader does not see: all but letters, signs
 * and the space.
 */
export const unprintable = /[^\P{C}\n]|(?! )\p{Z}/u;

/** CloudFormation reads YAML 1.1, in which `on`, 2012-10-17 and 1:30 are not strings unless they are quoted. */
const options = { version: '1.1', schema: 'yaml-1.1', singleQuote: true, blockQuote: false, lineWidth: 0 } as const;

/** Between brackets, readers of YAML 1.1 take more colons and question marks for their own than the library expects. */
const inFlow = (text: string): string =>
  /^[?:]|^[^'"].*(?:\?|:(?![\w*]))/.test(text) ? `'${text.replaceAll("'", "''")}'` : text;

/** The library takes its time for a scalar, and most come often. */
const written = new Map<string, string>();

/** Words, names and paths that are a string in every context. */
const plain = /^[A-Za-z][\w./-]*(?:::?[\w./-]+)*$/;

/** Words that YAML 1.1, or a reader of it, takes for something else. */
const ambiguous = /^(?:y|n|yes|no|on|off|true|false|null|e-?\d+)$/i;

/** Text of several lines, and keys that YAML 1.1 takes for instructions. */
const special = /\n|^(?:<<|=)$/;

/** The string in double quotes, with escapes that JSON and YAML share. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(/[^\P{C}\n]|(?! )\p{Z}/gu, (character) => {
    const code = character.codePointAt(0)?.toString(16) ?? '';
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
