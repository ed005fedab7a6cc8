/**
 * TLS sessions to resume. A server that proved itself on one connection is recognised on the next by a secret that only
 * the two ends have. So neither end signs or checks a certificate again, which is half of a connection's cost. In
 * memory only, and for one identity.
 */
import type { TLSSocket } from 'node:tls';

export interface TlsSessions {
  /**
   * The session for a connection to `where` (host:port). A session is used until the server gives a newer one:
   * OpenSSL's servers give none on a connection that resumed one. An observer may link such connections (RFC 8446,
   * appendix C.4), but that reveals nothing about a till that stays in one place. A server that does not accept the
   * session makes a full handshake.
   */
  of(where: string): { readonly session?: Buffer };
  /** Keeps the session that the other end gives, once that end has proved itself. */
  learn(where: string, socket: TLSSocket): void;
  /** For a connection that failed or was never made. */
  forget(where: string): void;
}

export function tlsSessions(): TlsSessions {
  const sessions = new Map<string, Buffer>();
  return {
    of(where) {
      const session = sessions.get(where);
      return session === undefined ? {} : { session };
    },
    learn(where, socket) {
      socket.on('session', (session) => {
        if (socket.authorized) sessions.set(where, session);
      });
    },
    forget: (where) => void sessions.delete(where),
  };
}
