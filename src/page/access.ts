import { timingSafeEqual } from 'node:crypto';

/** The parts of a request to the page's server that the checks of its origin use. */
export interface Asked {
  /** Header values by name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** Port of the page's server. */
  readonly port: number;
  /** The token of this start of the server. */
  readonly token: string;
}

/**
 * Header with the token of the page. Forms and links cannot set headers. Before a page of another origin sends this header, the
 * browser sends a preflight request, which this server does not allow.
 */
export const tokenHeader = 'x-page-token';

/**
 * Returns the reason why a request is not for this server, or undefined. Another website's name may resolve to this address (DNS
 * rebinding), and its pages would then have the same origin as this server.
 */
export const whyNotHere = (asked: Asked): string | undefined =>
  names(asked).includes(only(asked, 'host') ?? '')
    ? undefined
    : `This server accepts requests for ${names(asked).join(' and ')} only.`;

/** Returns the reason to deny a part of the page to a page of another origin, or undefined. Only browsers report the origin. */
export const whyNotLoaded = (asked: Asked): string | undefined =>
  [undefined, 'same-origin', 'none'].includes(site(asked)) ? undefined : 'Only the page of this server may load this.';

/** Returns the reason not to send a request that does not come from the page as served in this start, or undefined. */
export const whyNotSend = (asked: Asked): string | undefined => {
  const isOwnOrigin = only(asked, 'origin') === `http://${only(asked, 'host')}`;
  if (!isOwnOrigin || ![undefined, 'same-origin'].includes(site(asked)))
    return 'Only the page of this server may send requests.';
  if (!isEqual(only(asked, tokenHeader) ?? '', asked.token))
    return 'This page is of an earlier start of its server: load it again.';
  return undefined;
};

const names = ({ port }: Asked): string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

/** Returns the value of a header, or undefined unless it occurs exactly once. */
const only = ({ headers }: Asked, name: string): string | undefined =>
  headers[name]?.length === 1 ? headers[name][0] : undefined;

/**
 * Returns the relation of the sender, as browsers report it (https://www.w3.org/TR/fetch-metadata/): a page of this origin, a
 * page of another origin, or the user.
 */
const site = ({ headers }: Asked): string | undefined => headers['sec-fetch-site']?.join();

const isEqual = (given: string, token: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
};
