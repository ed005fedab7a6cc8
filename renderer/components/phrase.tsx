import { Fragment, type ReactNode } from 'react';
import './phrase.css';

export interface PhraseProps {
  readonly children: string;
}

/** A short text whose lines end only between words, in Chinese too; a figure stays with what it counts. */
export function Phrase({ children }: PhraseProps): ReactNode {
  const pieces = piecesOf(children);
  if (pieces.length < 2) return children;
  return (
    <span className="phrase">
      {pieces.map(({ text, whole }, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {whole ? <span className="phrase__whole">{text}</span> : text}
        </Fragment>
      ))}
    </span>
  );
}

interface Piece {
  readonly text: string;
  readonly whole: boolean;
}

const HAN = /\p{Script=Han}/u;
let segmenter: Intl.Segmenter | null = null;
/** Labels are few, and drawn again and again. */
const known = new Map<string, readonly Piece[]>();
const KNOWN_MAX = 1_000;

/** The words of a Chinese text, each with the signs that follow it; any other text is one piece. */
export function piecesOf(text: string): readonly Piece[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  const pieces = HAN.test(text) ? wordsOf(text) : [{ text, whole: false }];
  if (known.size > KNOWN_MAX) known.clear();
  known.set(text, pieces);
  return pieces;
}

function wordsOf(text: string): Piece[] {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const last = words.at(-1);
    // An opening quote belongs to the word after it, every other sign to the word before it.
    const opened = last !== undefined && /[“（《「]$/u.test(last);
    const joins = opened || (isWordLike !== true && !/^[“（《「]$/u.test(segment));
    if (last !== undefined && joins) words[words.length - 1] = last + segment;
    else words.push(segment);
  }
  return joined(words).map((word) => ({ text: word, whole: /\d/.test(word) && word.length <= WHOLE_MAX }));
}

/** A figure with its words that is longer than this may have to be broken at a blank. */
const WHOLE_MAX = 14;

/**
 * One character alone is no word to begin or end a line with; and a figure without what it counts, or the other way
 * round, says nothing.
 */
function joined(words: readonly string[]): string[] {
  const result: string[] = [];
  for (const word of words) {
    const last = result.at(-1);
    const joins =
      last !== undefined &&
      !/[，。：；、·？]\s*$/u.test(last) &&
      (lettersOf(word) < 2 || lettersOf(last) < 2 || /[\d%]\s*$/.test(last));
    if (joins) result[result.length - 1] = last + word;
    else result.push(word);
  }
  return result;
}

const lettersOf = (text: string): number => text.replaceAll(/[^\p{L}\p{N}]/gu, '').length;
