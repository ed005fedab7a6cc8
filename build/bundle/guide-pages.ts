/**
 * The guide's Markdown as data for the screen. It is parsed when the app is bundled, so that the page contains no
 * parser and no HTML.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import type { Plugin } from 'vite';
import type { GuideBlock, GuideDocument, GuideText } from '../../renderer/help/guide-document.ts';
import { guidePages, type GuidePage } from '../../renderer/state/guide-pages.ts';

/**
 * One page. `sizeOf` gives a picture's width and height in px by its path as written. Throws on anything that the
 * screen cannot show, and names the text around it: the people who change a guide see this at once.
 */
export function guideDocument(
  markdown: string,
  sizeOf: (path: string) => { readonly width: number; readonly height: number },
): GuideDocument {
  const [first, ...rest] = marked.lexer(markdown).filter(({ type }) => type !== 'space');
  if (!isOf(first, 'heading') || first.depth !== 1) throw new Error('a page begins with its title, as # Title');
  return { title: first.text, blocks: rest.map((token) => blockOf(token, sizeOf)) };
}

const isOf = <Type extends keyof TokensByType>(token: Token | undefined, type: Type): token is TokensByType[Type] =>
  token?.type === type;

interface TokensByType {
  readonly heading: Tokens.Heading;
  readonly paragraph: Tokens.Paragraph;
  readonly list: Tokens.List;
  readonly table: Tokens.Table;
  readonly code: Tokens.Code;
  readonly text: Tokens.Text;
  readonly strong: Tokens.Strong;
  readonly codespan: Tokens.Codespan;
  readonly image: Tokens.Image;
  readonly link: Tokens.Link;
}

function blockOf(
  token: Token,
  sizeOf: (path: string) => { readonly width: number; readonly height: number },
): GuideBlock {
  if (isOf(token, 'heading')) {
    if (token.depth !== 2 && token.depth !== 3) throw unknown(token);
    return { kind: 'heading', level: token.depth, texts: textsOf(token.tokens) };
  }
  if (isOf(token, 'code')) return { kind: 'code', text: token.text };
  if (isOf(token, 'list')) return { kind: 'list', ordered: token.ordered, items: token.items.map(itemOf) };
  if (isOf(token, 'table'))
    return { kind: 'table', head: token.header.map(cellOf), rows: token.rows.map((row) => row.map(cellOf)) };
  if (!isOf(token, 'paragraph')) throw unknown(token);
  const [only, ...more] = token.tokens;
  if (more.length === 0 && isOf(only, 'image'))
    return { kind: 'picture', src: only.href, alt: only.text, ...sizeOf(only.href) };
  if (more.length === 0 && isOf(only, 'link')) return { kind: 'link', page: pageOf(only), text: plainOf(only) };
  return { kind: 'paragraph', texts: textsOf(token.tokens) };
}

/** A list in a list, or a list of paragraphs, is too much for a reader who stands. */
function itemOf(item: Tokens.ListItem): readonly GuideText[] {
  const [only, ...more] = item.tokens;
  if (more.length > 0 || !isOf(only, 'text')) throw unknown(item);
  return textsOf(only.tokens ?? []);
}

const cellOf = ({ tokens }: Tokens.TableCell): readonly GuideText[] => textsOf(tokens);

const textsOf = (tokens: readonly Token[]): readonly GuideText[] => tokens.map(textOf);

function textOf(token: Token): GuideText {
  if (isOf(token, 'strong')) return { kind: 'strong', text: plainOf(token) };
  if (isOf(token, 'codespan')) return { kind: 'code', text: token.text };
  if (isOf(token, 'text')) return { kind: 'plain', text: token.text };
  throw unknown(token);
}

function plainOf(token: Tokens.Strong | Tokens.Link): string {
  const [only, ...more] = token.tokens;
  if (more.length > 0 || !isOf(only, 'text')) throw unknown(token);
  return only.text;
}

/** No link leads out of the app: each goes to a page of the guide. */
function pageOf(link: Tokens.Link): GuidePage {
  const page = guidePages.find((name) => `${name}.md` === link.href);
  if (page === undefined) throw unknown(link);
  return page;
}

const unknown = (token: { readonly type: string; readonly raw: string }): Error =>
  new Error(`the screen shows no ${token.type} here: ${token.raw.trim().slice(0, 80)}`);

/** Width and height are at the same position in every PNG: big-endian, in its first chunk. */
export function pngSize(file: string): { readonly width: number; readonly height: number } {
  const bytes = readFileSync(file);
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

const IS_GUIDE = /[\\/]build[\\/]guide[\\/].+\.md$/;

/** For Vite: importing a page gives `page`, with its pictures as files of the bundle. */
export const guidePlugin = (): Plugin => ({
  name: 'facepay-guide',
  load(id) {
    if (!IS_GUIDE.test(id)) return null;
    const folder = dirname(id);
    const page = read(id, folder);
    const pictures = page.blocks.flatMap((block) => (block.kind === 'picture' ? [block.src] : []));
    const imports = pictures.map((src, index) => `import picture${String(index)} from ${JSON.stringify(`./${src}`)};`);
    // Each path gets an import of its own; the data contains the import's name in its place.
    const data = pictures.reduce(
      (text, src, index) => text.replace(`"src":${JSON.stringify(src)}`, `"src":picture${String(index)}`),
      JSON.stringify(page),
    );
    return { code: [...imports, `export const page = ${data};`].join('\n'), moduleType: 'js' };
  },
});

function read(file: string, folder: string): GuideDocument {
  try {
    return guideDocument(readFileSync(file, 'utf8'), (path) => pngSize(join(folder, path)));
  } catch (error) {
    throw new Error(`${basename(folder)}/${basename(file)}`, { cause: error });
  }
}
