import { collectionName, collectionOf, entities } from '../contract/entities.ts';
import { type Operation, operations } from '../contract/operations.ts';
import { getAtt, type Properties, type Resources, ref } from './cloudformation.ts';

/** A path of the API, with its name and the operations on it. */
export interface ApiPath {
  readonly path: string;
  /** Prefix of the logical ids that belong to the path: `Items` for `/items`, `Item` for `/items/{id}`. */
  readonly name: string;
  readonly operations: readonly Operation[];
}

/** Returns the paths of all operations, parents first. */
export const apiPaths = (): ApiPath[] => {
  const paths = new Set(operations.flatMap(({ path }) => prefixes(path)));
  return [...paths].map((path) => ({
    path,
    name: pathName(path),
    operations: operations.filter((operation) => operation.path === path),
  }));
};

/** Returns the logical id of the resource of a path. */
export const resourceId = (path: string): string => `${pathName(path)}Resource`;

/** Returns the resources of all paths. */
export const pathResources = (): Resources =>
  Object.fromEntries(
    apiPaths().map(({ path }) => {
      const parent = path.slice(0, path.lastIndexOf('/'));
      const parentId: Properties = parent === '' ? getAtt('RestApi', 'RootResourceId') : ref(resourceId(parent));
      const PathPart = path.slice(path.lastIndexOf('/') + 1);
      const Properties = { RestApiId: ref('RestApi'), ParentId: parentId, PathPart };
      return [resourceId(path), { Type: 'AWS::ApiGateway::Resource', Properties }];
    }),
  );

/** Returns a path and the paths above it: `/items`, `/items/{id}` for `/items/{id}`. */
const prefixes = (path: string): string[] =>
  path
    .split('/')
    .map((_, index, parts) => parts.slice(0, index + 1).join('/'))
    .filter(Boolean);

const pathName = (path: string): string => {
  const entity = entities.find((one) => path === collectionOf(one) || path === `${collectionOf(one)}/{id}`);
  if (entity) return path === collectionOf(entity) ? collectionName(entity) : entity.name;
  const parts = path.slice(1).split('/');
  const last = parts.at(-1) ?? '';
  if (last.startsWith('{')) return pathName(`/${parts.slice(0, -1).join('/')}`).replace(/s$/, '');
  return last.charAt(0).toUpperCase() + last.slice(1);
};
