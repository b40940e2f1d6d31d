import { isMap, parseDocument, visit } from 'yaml';
import { lackingTypes, rewritings } from './differences.ts';

/** The template as far as ministack has what it asks for: without the types that it lacks, and written as it understands. */
export const adapted = (template: string, rewrites = rewritings): string => {
  const rewritten = rewrites.reduce((text, { from, to }) => {
    if (!text.includes(from)) throw new Error(`stale difference: the template has no “${from}”`);
    return text.replaceAll(from, to);
  }, template);
  const document = parseDocument(rewritten, { version: '1.1', logLevel: 'error' });
  visit(document, {
    Pair: (_, { value }) => {
      if (!isMap(value)) return undefined;
      const lacks = Object.hasOwn(lackingTypes, String(value.get('Type')));
      return lacks || value.hasIn(['Properties', 'NatGatewayId']) ? visit.REMOVE : undefined;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, indentSeq: false, indent: 1 });
};
