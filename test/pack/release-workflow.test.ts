/**
 * The release workflow, as far as it can be checked without GitHub: it parses, the scripts that it runs exist, and it
 * has no more rights than it needs.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { getConfig } from 'app-builder-lib/out/util/config/load.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { readDistribution } from '../../build/pack/distribution.ts';

const root = resolve(import.meta.dirname, '../..');
const stepSchema = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const jobSchema = z.object({
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  'timeout-minutes': z.number(),
  permissions: z.record(z.string(), z.string()).optional(),
  steps: z.array(stepSchema),
});
const workflowSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), jobSchema),
});

// electron-builder reads YAML; this is its reader.
const read = await getConfig(
  { packageKey: 'build', configFilename: '', projectDir: root, packageMetadata: null },
  '.github/workflows/release.yml',
);
const { jobs, permissions } = workflowSchema.parse(read?.result);
const steps = Object.values(jobs).flatMap((job) => job.steps);
const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

describe('the release workflow', () => {
  it('runs npm scripts that are there, and files that are there', () => {
    const named = commands.flatMap((command) =>
      [...command.matchAll(/npm (?:run (?:--silent )?)?(test\b[\w:]*|(?<=run )[\w:-]+)/g)].map(([, name]) => name),
    );
    expect(named).toEqual(expect.arrayContaining(['test:long', 'test:electron', 'dist', 'verify:dist']));
    expect(named.filter((name) => name === undefined || !(name in manifest.scripts))).toEqual([]);
    const scripts = commands.flatMap((command) =>
      [...command.matchAll(/\bnode ([\w./-]+\.[jt]s)/g)].map(([, path]) => path ?? ''),
    );
    expect(scripts).toEqual(['node_modules/electron/install.js']);
    expect(scripts.filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  });

  it('asks npm run dist for every system and processor, in words it knows', () => {
    const asked = commands
      .flatMap((command) => /^npm run dist -- (.*)$/.exec(command)?.[1] ?? [])
      .map((args) => readDistribution(args.split(' '), { platform: 'linux', arch: 'x64' }));
    expect(asked.map(({ systems, processors, foldersOnly }) => [systems, processors, foldersOnly])).toEqual([
      [['linux'], ['x64', 'arm64'], false],
      [['win'], ['x64', 'arm64'], false],
    ]);
    const looked = commands
      .filter((command) => command.startsWith('npm run verify:dist -- '))
      .flatMap((command) => command.split(' ').slice(4));
    expect(looked).toEqual(
      ['linux', 'win'].flatMap((system) => [`dist/packed/${system}-unpacked`, `dist/packed/${system}-arm64-unpacked`]),
    );
  });

  it('tests before it packs, and publishes last, with sums and a bill of materials', () => {
    expect(jobs['linux']?.needs).toBe('test');
    expect(jobs['windows']?.needs).toBe('test');
    expect(jobs['publish']?.needs).toEqual(['linux', 'windows']);
    expect(
      commands.some((command) => command.startsWith('xvfb-run') && command.endsWith('npm run test:electron')),
    ).toBe(true);
    expect(commands.some((command) => command.includes('npm sbom --sbom-format cyclonedx'))).toBe(true);
    expect(commands.some((command) => command.includes('SHA256SUMS'))).toBe(true);
  });

  it('starts what it packed: on Linux as the deb installs it', () => {
    const tried = commands.filter((command) => command.includes('npm run try:dist -- '));
    expect(tried).toHaveLength(2);
    expect(tried[0]).toMatch(/apt-get install .*\.deb[^]*verify:dist -- "\/opt\/FacePay Kiosk"[^]*xvfb-run/);
  });

  it('gives both builds the key that their updates are signed with, and installs the Windows one', () => {
    const place = (command: string): boolean => /FACEPAY_UPDATE_KEY=.*facepay-update\.pub/.test(command);
    for (const name of ['linux', 'windows']) {
      const runs = (jobs[name]?.steps ?? []).map(({ run }) => run ?? '');
      expect(runs.findIndex(place), name).toBeGreaterThan(-1);
      expect(runs.findIndex(place), name).toBeLessThan(runs.findIndex((run) => run.startsWith('npm run dist -- ')));
    }
    expect(
      commands.some(
        (command) =>
          command.includes("-ArgumentList '/S' -Wait") && command.includes('the journal went with the program'),
      ),
    ).toBe(true);
  });

  it('uses actions by commit alone', () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((name) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(name))).toEqual([]);
  });

  it('may read alone, but for the job that publishes, and keeps no credentials in a checkout', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(
      Object.entries(jobs)
        .filter(([, job]) => job.permissions !== undefined)
        .map(([name]) => name),
    ).toEqual(['publish']);
    expect(jobs['publish']?.permissions).toEqual({ contents: 'write' });
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.every((step) => step.with?.['persist-credentials'] === false)).toBe(true);
  });

  it('hands nothing of an event’s text to a shell', () => {
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });
});
