/** The real lint configuration over files that do not exist; without types, which they have none of. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { root } from '../../build/run.ts';

export interface Finding {
  readonly file: string;
  /** The plugin and the rule, for example own/layers. */
  readonly rule: string;
  /** From 1. */
  readonly line: number;
}

const reportSchema = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })),
    }),
  ),
});

/** What is found in `files` (text by path from the root), in the order of the lines of each file. */
export function lintMadeUp(files: ReadonlyMap<string, string>): readonly Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-lint-'));
  try {
    const real = JSON.stringify(join(root, 'oxlint.config.ts'));
    writeFileSync(
      join(folder, 'oxlint.config.ts'),
      `import config from ${real};\nexport default { ...config, options: {} };\n`,
    );
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const linter = join(root, 'node_modules/oxlint/bin/oxlint');
    const { stdout, stderr } = spawnSync(process.execPath, [linter, '-f', 'json'], { cwd: folder, encoding: 'utf8' });
    if (stdout === '') throw new Error(`the linter said nothing: ${stderr}`);
    return reportSchema
      .parse(JSON.parse(stdout))
      .diagnostics.map(({ code, filename, labels }) => ({
        file: filename,
        rule: code.replace(/^(.+)\((.+)\)$/, '$1/$2'),
        line: labels[0]?.span.line ?? 0,
      }))
      .toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
