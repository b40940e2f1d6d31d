import { connect, type SecureVersion } from 'node:tls';
import type { Fact, Site } from './fact.ts';

/** Facts about the TLS support of an API Gateway endpoint. */
export const tlsFacts: readonly Fact[] = [
  {
    name: 'TLS 1.2',
    statement: 'Clients need TLS 1.3, unless MinimumTlsVersion is 1.2.',
    source: 'README.md',
    how: 'a connection with TLS 1.2 at most',
    expected: 'rejected',
    observe: (site) => handshake(site, 'TLSv1.2'),
  },
  {
    name: 'TLS 1.3 and HTTP/2',
    statement: 'Clients can use TLS 1.3, and browsers HTTP/2.',
    source: 'template.yaml',
    how: 'a connection with TLS 1.3 that offers h2 and http/1.1',
    expected: 'TLSv1.3, h2',
    observe: (site) => handshake(site, 'TLSv1.3'),
  },
];

/** Returns the protocol and ALPN of a connection, or `rejected`; undefined if the endpoint does not use TLS. */
const handshake = ({ url }: Site, version: SecureVersion): Promise<string | undefined> => {
  if (url.protocol !== 'https:') return Promise.resolve(undefined);
  const { hostname: host } = url;
  return new Promise((resolve, reject) => {
    const options = {
      host,
      port: Number(url.port || 443),
      servername: host,
      maxVersion: version,
      ALPNProtocols: ['h2', 'http/1.1'],
    };
    const socket = connect({ ...options, minVersion: version, timeout: 30_000 });
    const end = (result: string): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once('secureConnect', () => end(`${socket.getProtocol()}, ${socket.alpnProtocol}`));
    socket.once('timeout', () => socket.destroy(new Error('no response within 30 s')));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // Any other error, such as one of a certificate, is unrelated to the version.
      if (/^(ERR_SSL_|EPROTO$|ECONNRESET$)/.test(error.code ?? '')) end('rejected');
      else reject(error);
    });
  });
};
