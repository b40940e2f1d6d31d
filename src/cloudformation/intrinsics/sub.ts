/** A part of an `Fn::Sub` string: literal text, or the name between `${` and `}`. */
export type SubPart = { readonly text: string } | { readonly name: string };

/** Splits an `Fn::Sub` string into parts. `${!Literal}` is the text `${Literal}`. */
export const subParts = (text: string): SubPart[] => {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^}]*)\}/g)) {
    const [whole, content = ''] = match;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push(content.startsWith('!') ? { text: `\${${content.slice(1)}}` } : { name: content });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
};

/** Returns true for a valid name. CloudFormation: "alphanumeric characters, underscores, periods, and colons". */
export const isSubName = (name: string): boolean => /^[A-Za-z0-9_.:]+$/.test(name);
