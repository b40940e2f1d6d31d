import { timingSafeEqual } from 'node:crypto';

/** A request to the page's server, as far as its origin is checked. */
export interface Asked {
  /** Header values by name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** Port of the page's server. */
  readonly port: number;
  /** The token of this start. */
  readonly token: string;
}

/**
 * Header with the token of the page. No form and no link can set a header: a browser asks this server before a page of another origin
 * does, and is not told that it may.
 */
export const tokenHeader = 'x-page-token';

/**
 * Returns the reason why a request is not for this server; undefined if it is. The name of another website may lead to this
 * address (DNS rebinding), and its pages would then be of the same origin as this server.
 */
export const whyNotHere = (asked: Asked): string | undefined =>
  names(asked).includes(only(asked, 'host') ?? '')
    ? undefined
    : `This server has the names ${names(asked).join(' and ')}, and the request is for another one.`;

/** The reason to withhold a part of the page: a page of another origin includes it. Programs other than browsers do not tell. */
export const whyNotLoaded = (asked: Asked): string | undefined =>
  [undefined, 'same-origin', 'none'].includes(site(asked)) ? undefined : 'Only the page of this server may load this.';

/** The reason not to send a request: it does not come from the page, as this start of the server has served it. */
export const whyNotSend = (asked: Asked): string | undefined => {
  const isOwnOrigin = only(asked, 'origin') === `http://${only(asked, 'host')}`;
  if (!isOwnOrigin || ![undefined, 'same-origin'].includes(site(asked)))
    return 'Only the page of this server may send requests.';
  if (!isEqual(only(asked, tokenHeader) ?? '', asked.token))
    return 'This page is of an earlier start of its server: load it again.';
  return undefined;
};

const names = ({ port }: Asked): string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

/** The value of a header that came once. */
const only = ({ headers }: Asked, name: string): string | undefined =>
  headers[name]?.length === 1 ? headers[name][0] : undefined;

/**
 * Returns the site of the sender, as browsers report it (https://www.w3.org/TR/fetch-metadata/): a page of this origin, of
 * another, or the user.
 */
const site = ({ headers }: Asked): string | undefined => headers['sec-fetch-site']?.join();

const isEqual = (given: string, token: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
};
