/** Parameters of the template that set the throttling limits to their maximum. */
export const unthrottled = { ThrottlingRateLimit: '10000', ThrottlingBurstLimit: '5000' } as const;

/** Parameters of a server that anyone can call. */
export const open = { AuthorizationType: 'NONE', ...unthrottled } as const;

/** Converts parameters to arguments of the command line. */
export const asArguments = (parameters: Readonly<Record<string, string>>): string[] =>
  Object.entries(parameters).flatMap(([name, value]) => ['--parameter', `${name}=${value}`]);
