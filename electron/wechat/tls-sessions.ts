/**
 * Sessions to take up again: who was proved on one connection is known on the next by what only the two of them hold, so
 * neither signs nor checks a certificate anew, which is half of what a connection costs. In memory alone, and for one identity.
 */
import type { TLSSocket } from 'node:tls';

export interface TlsSessions {
  /**
   * What to connect to `where` (host:port) with. A session serves until a newer one is handed out: OpenSSL's servers hand
   * out none on a connection that took one up. That an onlooker may link such connections (RFC 8446, appendix C.4) tells
   * nothing of a till that stands in one place. A server that wants none of it makes a whole handshake.
   */
  of(where: string): { readonly session?: Buffer };
  /** Keeps what the other end hands out, once it has proved itself. */
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
