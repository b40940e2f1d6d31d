/** A resource with its methods, as input of the router. */
export interface RouteTarget<Method> {
  /** Resource path, such as `/items/{id}`. */
  readonly path: string;
  /** Methods by HTTP method. `ANY` applies to each of API Gateway's methods without an entry. */
  readonly methods: ReadonlyMap<string, Method>;
}

export interface Match<Method> {
  readonly method: Method;
  /** Values as in the request, percent-encoding kept, as API Gateway passes them. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Finds the method of a request. `path` begins after the stage. Undefined leads to `Missing Authentication Token`. */
export type Router<Method> = (httpMethod: string, path: string) => Match<Method> | undefined;

/**
 * Creates a router for the resources of an API. It matches path and method together: the most specific resource that has the
 * method serves the request. If a literal resource lacks the method, `{param}` is tried, then `{proxy+}`. A trailing slash is
 * ignored.
 */
export const createRouter = <Method>(targets: Iterable<RouteTarget<Method>>): Router<Method> => {
  const root = newNode<Method>();
  for (const target of targets) {
    insert(root, target);
  }
  return (httpMethod, path) => {
    const values: string[] = [];
    const found = find(root, segmentsOf(path), 0, httpMethod, values);
    if (found === undefined) {
      return undefined;
    }
    return {
      method: found.method,
      pathParameters: Object.fromEntries(found.parameterNames.map((name, index) => [name, values[index] ?? ''])),
    };
  };
};

interface Node<Method> {
  readonly literals: Map<string, Node<Method>>;
  parameter?: Node<Method>;
  greedy?: Node<Method>;
  parameterNames: readonly string[];
  methods: ReadonlyMap<string, Method>;
}

interface Found<Method> {
  readonly method: Method;
  readonly parameterNames: readonly string[];
}

const newNode = <Method>(): Node<Method> => ({ literals: new Map(), parameterNames: [], methods: new Map() });

const segmentsOf = (path: string): string[] => {
  const segments = path.split('/').slice(1);
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments;
};

const insert = <Method>(root: Node<Method>, target: RouteTarget<Method>): void => {
  let node = root;
  const names: string[] = [];
  for (const part of segmentsOf(target.path)) {
    if (part.endsWith('+}')) {
      names.push(part.slice(1, -2));
      node.greedy ??= newNode();
      node = node.greedy;
    } else if (part.startsWith('{')) {
      names.push(part.slice(1, -1));
      node.parameter ??= newNode();
      node = node.parameter;
    } else {
      const next = node.literals.get(part) ?? newNode<Method>();
      node.literals.set(part, next);
      node = next;
    }
  }
  node.methods = target.methods;
  node.parameterNames = names;
};

/** Searches depth first, most specific first. `values` contains the path parameters found so far. */
const find = <Method>(
  node: Node<Method>,
  segments: readonly string[],
  index: number,
  httpMethod: string,
  values: string[],
): Found<Method> | undefined => {
  const segment = segments[index];
  if (segment === undefined) {
    return methodOf(node, httpMethod);
  }
  const literal = node.literals.get(segment);
  const found = literal && find(literal, segments, index + 1, httpMethod, values);
  if (found !== undefined) {
    return found;
  }
  if (node.parameter !== undefined && segment !== '') {
    values.push(segment);
    const byParameter = find(node.parameter, segments, index + 1, httpMethod, values);
    if (byParameter !== undefined) {
      return byParameter;
    }
    values.pop();
  }
  const byGreedy = node.greedy && methodOf(node.greedy, httpMethod);
  if (byGreedy !== undefined) {
    values.push(segments.slice(index).join('/'));
  }
  return byGreedy;
};

/**
 * "ANY … represents any supported HTTP methods at runtime". A REST API has these seven methods. AWS's response to other methods
 * has not been recorded; in the twin they match no method.
 */
const anyMethod = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

const methodOf = <Method>(node: Node<Method>, httpMethod: string): Found<Method> | undefined => {
  const method = node.methods.get(httpMethod) ?? (anyMethod.has(httpMethod) ? node.methods.get('ANY') : undefined);
  return method === undefined ? undefined : { method, parameterNames: node.parameterNames };
};
