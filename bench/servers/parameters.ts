/** Parameters of the template with which a server accepts as many requests as it can. */
export const unthrottled = { ThrottlingRateLimit: '10000', ThrottlingBurstLimit: '5000' } as const;

/** The parameters of a server that anyone may call. */
export const open = { AuthorizationType: 'NONE', ...unthrottled } as const;

/** Parameters as the command line takes them. */
export const asArguments = (parameters: Readonly<Record<string, string>>): string[] =>
  Object.entries(parameters).flatMap(([name, value]) => ['--parameter', `${name}=${value}`]);
