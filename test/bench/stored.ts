/**
 * The figures that `npm run bench -- --write` has stored, and test/bench/README.md made from them. The figures of a
 * part are its own printed report, with the commit and the machine; no figure is typed by hand. Pure except for the two
 * files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { withMiddle, type Marks } from '../../build/markdown.ts';

export const FIGURES = 'test/bench/figures.json';

export const BENCH_MARKS: Marks = {
  page: 'test/bench/README.md',
  start: '<!-- bench: made by `npm run bench -- --write`, do not edit -->',
  end: '<!-- /bench -->',
};

export const storedPartSchema = z.strictObject({
  title: z.string().min(1),
  command: z.string().startsWith('npm run bench'),
  /** The day in UTC. */
  date: z.iso.date(),
  commit: z.string().regex(/^[0-9a-f]{7,40}$/),
  node: z.string().regex(/^v\d+\.\d+\.\d+$/),
  cores: z.number().int().positive(),
  cpu: z.string().min(1),
  /** What a reader must know before trusting it; absent if a run stored it. */
  note: z.string().min(1).exactOptional(),
  /** The lines of the report, Markdown. */
  report: z.array(z.string()).min(1),
});
export type StoredPart = z.infer<typeof storedPartSchema>;

/** By the part's name, in the order of the parts. */
export const figuresSchema = z.record(z.string(), storedPartSchema);
export type Figures = z.infer<typeof figuresSchema>;

/**
 * `stored` with a part's new figures in place of older ones, in the order of `parts`; parts that no longer exist are
 * removed.
 */
export function withPart(stored: Figures, name: string, part: StoredPart, parts: readonly string[]): Figures {
  const all: Figures = { ...stored, [name]: part };
  return Object.fromEntries(
    parts.flatMap((one) => {
      const figures = all[one];
      return figures === undefined ? [] : [[one, figures]];
    }),
  );
}

/** The page with all stored figures between its markers. Throws unless each marker is there once and in order. */
export const withFigures = (page: string, figures: Figures): string =>
  withMiddle(page, BENCH_MARKS, Object.values(figures).map(section).join('\n\n'));

function section({ title, command, date, commit, node, cores, cpu, note, report }: StoredPart): string {
  const measured = `\`${command}\`, ${date}, commit \`${commit}\`, Node ${node}, ${String(cores)} cores (${cpu}).`;
  // A part's own headings are one level below its title.
  return [
    `### ${title}`,
    '',
    note === undefined ? measured : `${measured} ${note}`,
    '',
    ...report.map((line) => line.replace(/^###(?= )/, '####')),
  ].join('\n');
}

export const storedFigures = (root: string): Figures =>
  figuresSchema.parse(JSON.parse(readFileSync(join(root, FIGURES), 'utf8')));

/** Stores the figures and makes the page of them. */
export function store(root: string, figures: Figures): void {
  writeFileSync(join(root, FIGURES), `${JSON.stringify(figuresSchema.parse(figures), null, 2)}\n`);
  const page = join(root, BENCH_MARKS.page);
  writeFileSync(page, withFigures(readFileSync(page, 'utf8'), figures));
}
