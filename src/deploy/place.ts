import { callerIdentity } from './caller.ts';
import { type Connection, connect } from './connection.ts';
import type { Environment } from './environment.ts';
import { DeployError } from './errors.ts';

/** Connection and account of an operation. */
export interface Place {
  readonly connection: Connection;
  /** The account that the credentials belong to. */
  readonly account: string;
}

/**
 * Connects. Rejects with a DeployError, before any other call, if the credentials belong to another account than the environment
 * names.
 */
export const connectTo = async (
  { file, region, account: guard }: Environment,
  asked: string | undefined,
  signal: AbortSignal,
): Promise<Place> => {
  const connection = await connect(asked ?? region, signal);
  const { account } = await callerIdentity(connection);
  if (guard !== undefined && guard !== account) {
    const remedy = 'choose another AWS_PROFILE, or another environment';
    throw new DeployError(`${file} is for the account ${guard}, and the credentials belong to ${account}: ${remedy}`);
  }
  return { connection, account };
};

/** Returns `eu-west-1 of account 123456789012`. */
export const nameOf = ({ connection, account }: Place): string => `${connection.region} of account ${account}`;
