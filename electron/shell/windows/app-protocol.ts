/** `app://kiosk/`: the renderer's files, read once from the bundle, and nothing else. Electron security advice 7 and 18. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { protocol } from 'electron';
import { dressed } from './appearance.ts';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://kiosk`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/** Must run before the app is ready. */
export function claimAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * Serves the files of `folder`. The list is made now. A path that is not on the list does not exist, however it is
 * spelled.
 */
export function serveApp(folder: string): void {
  const files = new Map(
    listFiles(folder).map((file) => [`/${relative(folder, file).split(sep).join('/')}`, readFileSync(file)]),
  );
  protocol.handle(APP_SCHEME, (request) => {
    const url = new URL(request.url);
    const body = `${url.protocol}//${url.host}` === APP_ORIGIN ? files.get(url.pathname) : undefined;
    if (body === undefined) return new Response('not found', { status: 404 });
    const isPage = url.pathname.endsWith('.html');
    return new Response(isPage ? dressed(body.toString('utf8')) : new Uint8Array(body), {
      headers: {
        'content-type': TYPES[extname(url.pathname)] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
  });
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
