// Runs in the stand-in's main process. Why it exists: Electron's `protocol`: which schemes the app declared
// before ready, and which handler answers each of them.
import type * as Electron from 'electron';
import { readiness } from '../base/readiness.ts';
import { say } from '../base/records.ts';
import type { PageRequest, Verdict } from '../page/page-requests.ts';
import { toAppAddress } from '../base/addresses.ts';
import { strict } from '../base/strict.ts';

type Handler = Parameters<Electron.Protocol['handle']>[1];

const privileged = new Set<string>();
const handlers = new Map<string, Handler>();

/** Whether the app declared the scheme as standard before ready. */
export function isStandardScheme(scheme: string): boolean {
  return privileged.has(scheme);
}

/** The answer of the app's handler to a request, or null if its scheme has no handler. */
export async function answerByHandler(request: PageRequest): Promise<Verdict | null> {
  const url = toAppAddress(request.url);
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) return null;
  try {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, toAppAddress(value)]),
    );
    const response = await handler(new Request(url, { method: request.method, headers, body: request.body }));
    if (response.type === 'error') return { kind: 'refuse', reason: 'Failed' };
    return {
      kind: 'respond',
      status: response.status,
      headers: [...response.headers],
      body: Buffer.from(await response.arrayBuffer()),
    };
  } catch (error) {
    // Electron fails the request with ERR_UNEXPECTED and prints nothing; here the cause is printed.
    say(`the protocol handler failed for ${url}: ${String(error)}`);
    return { kind: 'refuse', reason: 'Failed' };
  }
}

function requireReady(what: string): void {
  if (!readiness.isReady()) throw new Error(`protocol.${what} can only be used when app is ready`);
}

/** What Electron's protocol module can do here. */
export type StandInProtocol = Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
>;

/** `protocol`, which is also session.defaultSession.protocol. */
export const protocol: StandInProtocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (readiness.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    privileged.clear();
    for (const { scheme, privileges = {} } of schemes) {
      requirePrivileges(scheme, privileges);
      privileged.add(scheme);
    }
  },
  handle(scheme: string, handler: Handler): void {
    requireReady('handle');
    if (!privileged.has(scheme)) {
      throw new Error(`the scheme "${scheme}" was not declared by protocol.registerSchemesAsPrivileged before ready`);
    }
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle(scheme: string): void {
    requireReady('unhandle');
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  },
  isProtocolHandled(scheme: string): boolean {
    requireReady('isProtocolHandled');
    return handlers.has(scheme);
  },
});

/**
 * Here the page's scheme is https and always has these features; an app that did not ask for them must not get them.
 */
function requirePrivileges(scheme: string, privileges: Electron.Privileges): void {
  for (const name of ['standard', 'secure', 'supportFetchAPI'] as const) {
    if (privileges[name] !== true)
      throw new Error(`the stand-in can only show a scheme with the privilege ${name}; "${scheme}" has it not`);
  }
  for (const name of ['bypassCSP', 'allowServiceWorkers', 'allowExtensions'] as const) {
    if (privileges[name] === true) throw new Error(`the stand-in refuses the privilege ${name} of "${scheme}"`);
  }
}
