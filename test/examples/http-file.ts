/** A request of a file for HTTP clients in editors. */
export interface FileRequest {
  readonly name: string;
  /** The status that the comment above it tells. */
  readonly status: number;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A file for HTTP clients in editors. */
export interface HttpFile {
  readonly variables: Readonly<Record<string, string>>;
  readonly requests: readonly FileRequest[];
}

/**
 * Parses the syntax that the REST Client of VS Code, the HTTP Client of JetBrains and httpyac have in common, and throws at any
 * other: variables come before the first request, requests after `###`, each with comments, a name, and perhaps a JSON body.
 */
export const parseHttpFile = (text: string): HttpFile => {
  const [head = '', ...parts] = text.split(/^###.*\n/m);
  const variables = Object.fromEntries(
    contentOf(head).map((line) => {
      const { name = '', value = '' } = groups(/^@(?<name>\w+) = (?<value>\S+)$/, line);
      return [name, value];
    }),
  );
  const resolved = (part: string) =>
    part.replaceAll(/\{\{(.*?)\}\}/g, (_all, name: string) => {
      const value = variables[name];
      if (value === undefined) throw new Error(`there is no variable ${name}`);
      return value;
    });
  return { variables, requests: parts.map((part) => requestOf(resolved(part))) };
};

/** The file with another value of a variable, as a person edits it. */
export const withVariable = (text: string, name: string, value: string): string => {
  const { start = '' } = groups(new RegExp(`^(?<start>@${name} = )`, 'm'), text);
  return text.replace(new RegExp(`^${start}.*$`, 'm'), () => start + value);
};

const requestOf = (part: string): FileRequest => {
  const { comments = '', request = '' } = groups(/^\n?(?<comments>(?:#[^\n]*\n)+)(?<request>[A-Z].*)$/s, part);
  const { name = '' } = groups(/^# @name (?<name>\w+)$/m, comments);
  const { status = '' } = groups(/^# (?<status>\d{3})\./m, comments);
  const [top = '', body, ...rest] = request.trimEnd().split('\n\n');
  if (rest.length > 0) throw new Error(`the body of ${name} has an empty line`);
  const [line = '', ...fields] = contentOf(top);
  const { method = '', url = '' } = groups(/^(?<method>[A-Z]+) (?<url>http\S+)$/, line);
  const headers = fields.map((field) => {
    const { key = '', value = '' } = groups(/^(?<key>[\w-]+): (?<value>.+)$/, field);
    return [key, value];
  });
  if (body !== undefined) JSON.parse(body);
  return { name, status: Number(status), method, url, headers: Object.fromEntries(headers), ...(body && { body }) };
};

const contentOf = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

const groups = (pattern: RegExp, text: string): Record<string, string | undefined> => {
  const match = pattern.exec(text);
  if (!match) throw new Error(`${pattern} does not match ${text}`);
  return match.groups ?? {};
};
