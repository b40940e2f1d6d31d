import { timingSafeEqual } from 'node:crypto';

/** What a request to the page's server says of where it comes from. */
export interface Asked {
  /** Header values by name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** Port of the page's server. */
  readonly port: number;
  /** The token of this start. */
  readonly token: string;
}

/** Header in which the page brings its token. No form or link can set one, so a browser asks first for pages of other origins. */
export const tokenHeader = 'x-page-token';

/**
 * Why a request is not for this server, as one of a page whose own name leads to this address (DNS rebinding); undefined if it is.
 */
export const whyNotHere = (asked: Asked): string | undefined =>
  names(asked).includes(only(asked, 'host') ?? '')
    ? undefined
    : `This server has the names ${names(asked).join(' and ')}, and the request is for another one.`;

/** Why a part of the page is not given out: another page includes it. A program that is no browser does not say who asks. */
export const whyNotLoaded = (asked: Asked): string | undefined =>
  [undefined, 'same-origin', 'none'].includes(site(asked)) ? undefined : 'Only the page of this server may load this.';

/** Why nothing is sent for a request: it does not come from the page that this start of the server has given out. */
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

/** Who asks, as browsers tell (https://www.w3.org/TR/fetch-metadata/): a page of this origin, of another, or the user. */
const site = ({ headers }: Asked): string | undefined => headers['sec-fetch-site']?.join();

const isEqual = (given: string, token: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
};
