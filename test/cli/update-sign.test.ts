/** `facepay update sign`, as the person who publishes releases runs it. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MANIFEST_NAME, manifestNameOf, readManifest } from '../../electron/updates/manifest.ts';
import { facepay, temporaryFolder } from '../support/command.ts';
import { releaseKeys } from '../support/terminal/update-feed.ts';

it('puts a signed manifest beside what a build made, under both names and readable for a web server', async () => {
  const folder = temporaryFolder();
  const keys = releaseKeys();
  const key = join(folder, 'update.key');
  writeFileSync(key, keys.privateKeyPem);
  writeFileSync(join(folder, 'facepay-kiosk-setup-2.3.4-x64.exe'), 'installer');
  writeFileSync(join(folder, 'facepay-kiosk-setup-2.3.3-x64.exe'), 'the one before');
  const { exitCode, last } = await facepay(
    'update',
    'sign',
    folder,
    '--key',
    key,
    '--version',
    '2.3.4',
    '--minimum',
    '2.0.0',
    '--staging',
    '10',
  );
  expect(exitCode).toBe(0);
  expect(last).toMatchObject({ type: 'update-signed', version: '2.3.4', stagingPercentage: 10 });
  for (const name of [MANIFEST_NAME, manifestNameOf('2.3.4')]) {
    const read = readManifest(readFileSync(join(folder, name), 'utf8'), keys.publicKeyPem);
    expect(read).toMatchObject({
      ok: true,
      value: {
        version: '2.3.4',
        minimumVersion: '2.0.0',
        files: [{ name: 'facepay-kiosk-setup-2.3.4-x64.exe', size: 9 }],
      },
    });
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o644);
  }
});
