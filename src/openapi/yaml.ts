import { Document } from 'yaml';
import { openApiDocument } from './document.ts';

/** Returns the text of openapi.yaml. */
export const openApiYaml = (version: string): string => {
  const document = new Document(openApiDocument(version), { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  document.commentBefore =
    ' The contract of the Items API. "npm run synth" writes this file from src/contract and src/openapi: change those, not this file.';
  return document.toString({ lineWidth: 120, singleQuote: true });
};
