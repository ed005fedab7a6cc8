/** Letters that are being spelled on the on-screen keyboard, until a person chooses what they stand for. */
import { useEffect, useState } from 'react';
import { candidatesOf, LETTERS_MAX, nextPage, rowOf, type Candidate, type PinyinTable } from '../../input/pinyin.ts';

export interface Spelling {
  /** Latin letters are spelled, and not typed as they are. */
  readonly on: boolean;
  readonly letters: string;
  /** Those that are shown; empty until the table is here. */
  readonly row: readonly Candidate[];
  readonly switchOver: () => void;
  /** A key of the keyboard: a letter is spelled, anything else is typed after what was spelled. */
  readonly type: (text: string) => void;
  readonly choose: (candidate: Candidate) => void;
  readonly turn: () => void;
  readonly deleteLetter: () => void;
  readonly clear: () => void;
  /** Types the letters as they are. */
  readonly leave: () => void;
}

/** `wanted`: the field may hold Chinese. The table is loaded with the first field that wants it. */
export function useSpelling(wanted: boolean, onText: (text: string) => void): Spelling {
  const [on, setOn] = useState(() => wanted && document.documentElement.lang.startsWith('zh'));
  const [letters, setLetters] = useState('');
  const [page, setPage] = useState(0);
  const table = useTable(wanted);
  const candidates = table === null || letters === '' ? [] : candidatesOf(table, letters);
  const spell = (next: string): void => {
    setLetters(next);
    setPage(0);
  };
  const leave = (): void => {
    if (letters !== '') onText(letters);
    spell('');
  };
  return {
    on,
    letters,
    row: rowOf(candidates, page),
    switchOver: () => {
      leave();
      setOn(!on);
    },
    type: (text) => {
      if (on && /^[a-z]$/.test(text)) spell((letters + text).slice(0, LETTERS_MAX));
      else {
        leave();
        onText(text);
      }
    },
    choose: ({ text, letters: used }) => {
      onText(text);
      spell(letters.slice(used));
    },
    turn: () => setPage(nextPage(candidates, page)),
    deleteLetter: () => spell(letters.slice(0, -1)),
    clear: () => spell(''),
    leave,
  };
}

/** It stays in memory once it was loaded. */
let known: PinyinTable | null = null;

function useTable(wanted: boolean): PinyinTable | null {
  const [table, setTable] = useState(known);
  useEffect(() => {
    if (!wanted || table !== null) return undefined;
    let isShown = true;
    void import('../../input/names.pinyin').then((loaded) => {
      known = loaded.table;
      if (isShown) setTable(loaded.table);
    });
    return () => {
      isShown = false;
    };
  }, [wanted, table]);
  return table;
}
