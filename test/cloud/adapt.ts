import { type Document, isMap, isScalar, isSeq, parseDocument, visit, type YAMLMap } from 'yaml';
import { lackingProperties, lackingTypes, rewritings, waits } from './differences.ts';

/** The template as far as ministack has what it asks for: without what it lacks, and written as it understands. */
export const adapted = (template: string, rewrites = rewritings): string => {
  const language = template.includes('Runtime: python') ? 'python' : 'nodejs';
  const rewritten = [...rewrites, ...waits[language]].reduce((text, { from, to }) => {
    if (!text.includes(from)) throw new Error(`stale difference: the template has no “${from}”`);
    return text.replaceAll(from, to);
  }, template);
  const document = parseDocument(rewritten, { version: '1.1', logLevel: 'error' });
  withoutDependence(document, withoutLacking(document));
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, indentSeq: false, indent: 1 });
};

/** Takes the resources away; returns their names. */
const withoutLacking = (document: Document): ReadonlySet<string> => {
  const names = new Set<string>();
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isMap(value) || !isLacking(value)) return undefined;
      names.add(String(key));
      return visit.REMOVE;
    },
  });
  return names;
};

const isLacking = (resource: YAMLMap): boolean => {
  const type = String(resource.get('Type'));
  const property = Object.hasOwn(lackingProperties, type) && lackingProperties[type]?.property;
  return (
    Object.hasOwn(lackingTypes, type) ||
    resource.hasIn(['Properties', 'NatGatewayId']) ||
    (property && resource.hasIn(['Properties', property])) === true
  );
};

/** Nothing can wait for a resource that is not there. */
const withoutDependence = (document: Document, names: ReadonlySet<string>): void => {
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.value !== 'DependsOn') return undefined;
      if (!isSeq(value)) return names.has(String(value)) ? visit.REMOVE : undefined;
      value.items = value.items.filter((item) => !names.has(String(item)));
      return value.items.length === 0 ? visit.REMOVE : undefined;
    },
  });
};
