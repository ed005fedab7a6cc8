/** Finds names in the documents that do not exist: links, sections, files, scripts. Pure: the files come in as text. */
import { posix } from 'node:path';

/** Paths from the project's root, with `/`; a file that is no text, or too long, has an empty text here. */
export type Files = ReadonlyMap<string, string>;

/** `in: what is wrong`, one per line. */
export type Faults = readonly string[];

const isPage = (path: string): boolean => path.endsWith('.md');
const isFolder = (files: Files, path: string): boolean =>
  [...files.keys()].some((file) => file.startsWith(`${path.replace(/\/$/, '')}/`));
const isThere = (files: Files, path: string): boolean => files.has(path) || isFolder(files, path);

/** A page without its code blocks: text in them is neither a link nor a heading. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '');

/** The headings of a page as they are read, without marks such as backticks. */
export const sectionsOf = (text: string): readonly string[] =>
  [...prose(text).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading]) => plain(heading ?? ''));

const plain = (heading: string): string => heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');

/** The anchors of a page's headings, as GitHub makes them: `## Pay: err_codes` is `#pay-err_codes`. */
export function anchorsOf(text: string): readonly string[] {
  const seen = new Map<string, number>();
  return sectionsOf(text).map((heading) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${String(before)}`;
  });
}

/** The targets of a page's links and pictures, except those on other hosts. */
export const linksOf = (text: string): readonly string[] =>
  [
    ...prose(text)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));

/** Links with a wrong target: no such file or folder, or a file without that heading. */
export const deadLinks = (files: Files): Faults =>
  pagesOf(files).flatMap(([page, text]) =>
    linksOf(text).flatMap((target) => {
      const [path = '', anchor] = target.split('#');
      const to = path === '' ? page : posix.join(posix.dirname(page), path);
      if (!isThere(files, to)) return [`${page}: there is no ${target}`];
      if (anchor === undefined || anchorsOf(files.get(to) ?? '').includes(decodeURIComponent(anchor))) return [];
      return [`${page}: ${to} has no heading #${anchor}`];
    }),
  );

const pagesOf = (files: Files): readonly (readonly [path: string, text: string])[] =>
  [...files].filter(([path]) => isPage(path));

/** Comments are broken into lines; a citation may go on after the star or the slashes of the next line. */
const unbroken = (text: string): string => text.replace(/\n[ \t]*(?:\*|\/\/|#)?[ \t]*/g, ' ');

/**
 * `a/b.md` in a folder of the project, or a page at its top, whose names all begin with a capital; then any number of
 * sections.
 */
const named = (folders: readonly string[]): RegExp =>
  new RegExp(
    `(?<![\\w./-])((?:(?:${folders.join('|')})/[\\w./-]+|[A-Z][\\w.-]*)\\.md)((?:(?:,| and) "[^"\\n]+")*)`,
    'g',
  );

/** Pages, and sections of pages, that code or prose names and that do not exist. */
export const deadCitations = (files: Files, folders: readonly string[]): Faults =>
  [...files].flatMap(([path, text]) =>
    [...unbroken(isPage(path) ? text.replace(/\]\([^)\s]+\)/g, '') : text).matchAll(named(folders))].flatMap(
      ([, page = '', sections = '']) => {
        const cited = files.get(page);
        if (cited === undefined) return [`${path}: there is no page ${page}`];
        const headings = sectionsOf(cited);
        return [...sections.matchAll(/"([^"]+)"/g)].flatMap(([, section = '']) =>
          headings.includes(section) ? [] : [`${path}: ${page} has no section "${section}"`],
        );
      },
    ),
  );

/** Files and folders that a page names in backticks, from the project's root, and that do not exist. */
export function missingFiles(files: Files, folders: readonly string[]): Faults {
  const inBackticks = new RegExp(`\`((?:${folders.join('|')})/[^\`\\s]*)\``, 'g');
  return pagesOf(files).flatMap(([page, text]) =>
    [...prose(text).matchAll(inBackticks)].flatMap(([, path = '']) => {
      const wildcard = path.search(/[*{<]/);
      const known = wildcard === -1 ? path : path.slice(0, wildcard).replace(/[^/]*$/, '');
      return isThere(files, known) ? [] : [`${page}: there is no ${path}`];
    }),
  );
}

/**
 * Notes that a comment names and that are written out in no comment, or in more than one. A note is written out where
 * its text follows it.
 */
export function deadNotes(files: Files): Faults {
  const all = [...files].flatMap(([path, text]) =>
    [...text.matchAll(/\[Note: ([^\]\n]+)\](?<begins> [A-Z`])?/g)].map((match) => ({
      path,
      name: match[1] ?? '',
      isWritten: match.groups?.['begins'] !== undefined,
    })),
  );
  return [...new Set(all.map(({ name }) => name))].flatMap((name) => {
    const written = all.filter((one) => one.name === name && one.isWritten);
    if (written.length === 1) return [];
    return [
      `[Note: ${name}] is written out ${written.length === 0 ? 'nowhere' : `in ${written.map(({ path }) => path).join(' and ')}`}`,
    ];
  });
}

/** Scripts named with `npm run` in a page or in a program's messages that package.json does not have. */
export const missingScripts = (files: Files, scripts: readonly string[]): Faults =>
  [...files].flatMap(([path, text]) =>
    [...text.matchAll(/npm run (?:--?[a-z][\w=-]* )*([a-z][\w:-]*)/g)].flatMap(([, script = '']) =>
      scripts.includes(script) ? [] : [`${path}: there is no npm run ${script}`],
    ),
  );
