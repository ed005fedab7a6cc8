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
/** `第 3 次`, `8 分钟`, `42 秒后`: broken apart, neither half says anything. */
const FIGURE = /(第? ?[¥\d][\d.,:]*%? ?(?:分钟|小时|秒|天|次|笔|单|题|位|条|元)后?)/u;

let segmenter: Intl.Segmenter | null = null;
/** Labels are few, and drawn again and again. */
const known = new Map<string, readonly Piece[]>();
const KNOWN_MAX = 1_000;

/** The words of a Chinese text, each with the signs that follow it; any other text is one piece. */
export function piecesOf(text: string): readonly Piece[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  const pieces = HAN.test(text)
    ? text.split(FIGURE).flatMap((part, index) => (index % 2 === 1 ? [{ text: part, whole: true }] : wordsOf(part)))
    : [{ text, whole: false }];
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
  // One character alone is no word to begin or end a line with.
  return joined(words).map((word) => ({ text: word, whole: false }));
}

function joined(words: readonly string[]): string[] {
  const result: string[] = [];
  for (const word of words) {
    const last = result.at(-1);
    if (last !== undefined && (lettersOf(word) < 2 || lettersOf(last) < 2) && !/[，。：；、]$/u.test(last))
      result[result.length - 1] = last + word;
    else result.push(word);
  }
  return result;
}

const lettersOf = (text: string): number => text.replaceAll(/[^\p{L}\p{N}]/gu, '').length;
