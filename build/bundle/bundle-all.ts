/** Makes all bundles, and the licences of what is in them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { bundles, type Bundling } from './bundles.ts';
import { collectPackages, THIRD_PARTY, thirdPartyText } from './third-party.ts';

export async function bundleAll(bundling: Bundling): Promise<void> {
  const packages = new Set<string>();
  await Promise.all(
    bundles(bundling).map((config) =>
      build({ ...config, plugins: [...(config.plugins ?? []), collectPackages(packages)] }),
    ),
  );
  writeFileSync(join(bundling.out, THIRD_PARTY), thirdPartyText(packages));
}
