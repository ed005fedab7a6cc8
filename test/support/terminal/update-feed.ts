/**
 * A feed of releases over HTTPS, with an authority of its own, that can be made to give wrong answers or to break off.
 */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createThrowawayCa } from '../../../electron/practice/throwaway-ca.ts';
import { makeManifest, MANIFEST_NAME, manifestNameOf, type Release } from '../../../electron/updates/manifest.ts';

export interface ReleaseKeys {
  readonly privateKeyPem: string;
  readonly publicKeyPem: string;
}

export function releaseKeys(): ReleaseKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

export interface UpdateFeed {
  readonly url: string;
  readonly caPem: string;
  readonly port: number;
  /** By name. Files put here are served. */
  readonly files: Map<string, Buffer>;
  /** Names of files that break off after this many bytes. */
  readonly cuts: Map<string, number>;
  /** Names of files sent byte by byte, this many ms apart, and never completely. */
  readonly drips: Map<string, number>;
  /** Names of files that the feed says are elsewhere. */
  readonly redirects: Map<string, string>;
  /** The names of requested files, in order, and the headers of the requests. */
  readonly asked: { readonly name: string; readonly headers: readonly string[] }[];
  close(): Promise<void>;
}

export async function startUpdateFeed(): Promise<UpdateFeed> {
  const ca = await createThrowawayCa(Date.now());
  const { certPem, keyPem } = await ca.issueServer();
  const files = new Map<string, Buffer>();
  const cuts = new Map<string, number>();
  const drips = new Map<string, number>();
  const redirects = new Map<string, string>();
  const asked: UpdateFeed['asked'] = [];
  const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '/', 'https://feed').pathname.replace('/releases/', ''));
    asked.push({ name, headers: Object.keys(request.headers) });
    const body = files.get(name);
    const cut = cuts.get(name);
    const elsewhere = redirects.get(name);
    if (elsewhere !== undefined) {
      response.writeHead(302, { location: elsewhere }).end();
      return;
    }
    if (body === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-length': body.length });
    const eachMs = drips.get(name);
    if (eachMs !== undefined) {
      let sent = 0;
      const drip = setInterval(() => response.write(body.subarray(sent, (sent += 1))), eachMs);
      response.on('close', () => clearInterval(drip));
      return;
    }
    if (cut === undefined) response.end(body);
    else response.write(body.subarray(0, cut), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${String(port)}/releases`,
    caPem: ca.caPem,
    port,
    files,
    cuts,
    drips,
    redirects,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

const sha512 = (bytes: Buffer): string => createHash('sha512').update(bytes).digest('base64');

/** The names that a build for both processors gives its installers, those of x64 first. */
export const installerNames = (version: string): readonly string[] => [
  `facepay-kiosk-setup-${version}-x64.exe`,
  `facepay-kiosk-${version}-x86_64.AppImage`,
  `facepay-kiosk_${version}_amd64.deb`,
  `facepay-kiosk-setup-${version}-arm64.exe`,
  `facepay-kiosk-${version}-arm64.AppImage`,
  `facepay-kiosk_${version}_arm64.deb`,
];

/** Adds a release to the feed as a build and `facepay update sign` would; `change` alters what is signed. */
export function publish(feed: UpdateFeed, version: string, keys: ReleaseKeys, change: Partial<Release> = {}): Release {
  const files = installerNames(version).map((name) => {
    const bytes = feed.files.get(name) ?? Buffer.concat([Buffer.from(`installer ${name}\n`), randomBytes(200_000)]);
    feed.files.set(name, bytes);
    return { name, sha512: sha512(bytes), size: bytes.length };
  });
  const release: Release = {
    facepayUpdate: 1,
    channel: 'latest',
    version,
    minimumVersion: '0.0.0',
    releasedAt: '2026-11-20T00:00:00.000Z',
    stagingPercentage: 100,
    files,
    ...change,
  };
  const text = makeManifest(release, keys.privateKeyPem);
  if (!text.ok) throw new Error(text.error);
  for (const name of [MANIFEST_NAME, manifestNameOf(version)]) feed.files.set(name, Buffer.from(text.value));
  const yml = ymlOf(release);
  for (const name of ['latest.yml', 'latest-linux.yml', 'latest-linux-arm64.yml', 'latest-mac.yml'])
    feed.files.set(name, Buffer.from(yml));
  return release;
}

/** As electron-builder writes it. */
export function ymlOf({ version, files, releasedAt }: Pick<Release, 'version' | 'files' | 'releasedAt'>): string {
  const rows = files.map(
    ({ name, sha512: sum, size }) => `  - url: ${name}\n    sha512: ${sum}\n    size: ${String(size)}\n`,
  );
  return `version: ${version}\nfiles:\n${rows.join('')}path: ${files[0]?.name ?? ''}\nsha512: ${files[0]?.sha512 ?? ''}\nreleaseDate: '${releasedAt}'\n`;
}
