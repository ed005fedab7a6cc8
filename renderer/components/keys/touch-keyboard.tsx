import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import {
  afterShift,
  afterText,
  digitRows,
  letterRows,
  shifted,
  signRows,
  type KeyPage,
  type Shift,
} from '../../input/touch-keys.ts';
import { Icon } from '../icon.tsx';
import { CandidateRow } from './candidate-row.tsx';
import { Key } from './key.tsx';
import { useSpelling, type Spelling } from './pinyin-input.ts';
import './touch-keyboard.css';

export interface TouchKeyboardProps {
  /** Digits alone, for fields that take nothing else. */
  readonly digitsOnly: boolean;
  /** The field may hold Chinese, which is spelled in pinyin. */
  readonly chinese: boolean;
  readonly onText: (text: string) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
  readonly onDone: () => void;
  readonly onHide: () => void;
}

/** A keyboard for terminals that have none: Latin letters, digits, every sign of ASCII, and Chinese for names. */
export function TouchKeyboard(props: TouchKeyboardProps): ReactNode {
  return props.digitsOnly ? <DigitKeys {...props} /> : <LetterKeys {...props} />;
}

function DigitKeys({ onText, onDelete, onClear, onDone, onHide }: TouchKeyboardProps): ReactNode {
  const t = useT();
  const sides = [
    <DeleteKey key="delete" onDelete={onDelete} />,
    <WordKey key="clear" word={t('key.clear')} onPress={onClear} />,
    <HideKey key="hide" onHide={onHide} />,
  ];
  return (
    <div
      className="touch-keyboard touch-keyboard--digits"
      role="group"
      aria-label={t('keyboard.label')}
      data-testid="touch-keyboard"
      data-page="digits"
    >
      {digitRows.flatMap((row, index) => [
        ...Array.from(row, (digit) => <TextKey key={digit} text={digit} onText={onText} />),
        sides[index],
      ])}
      <span />
      <TextKey text="0" onText={onText} />
      <span />
      <DoneKey onDone={onDone} />
    </div>
  );
}

function LetterKeys({ chinese, onText, onDelete, onClear, onDone, onHide }: TouchKeyboardProps): ReactNode {
  const t = useT();
  const [page, setPage] = useState<Exclude<KeyPage, 'digits'>>('letters');
  const [shift, setShift] = useState<Shift>('off');
  const spelling = useSpelling(chinese, onText);
  const spells = spelling.letters !== '';
  const [best] = spelling.row;
  const type = (text: string): void => {
    if (text === ' ' && best !== undefined) spelling.choose(best);
    else spelling.type(text);
    setShift(afterText(shift));
  };
  const keysOf = (row: string): ReactNode[] =>
    Array.from(row, (key) => <TextKey key={key} text={page === 'letters' ? shifted(key, shift) : key} onText={type} />);
  const rows = page === 'letters' ? letterRows : signRows.slice(0, -1);
  // What was spelled and not chosen is not lost.
  const leaving = (act: () => void) => (): void => {
    spelling.leave();
    act();
  };
  return (
    <div
      className="touch-keyboard"
      role="group"
      aria-label={t('keyboard.label')}
      data-testid="touch-keyboard"
      data-page={page}
    >
      {rows.map((row, index) =>
        spells && index === 0 ? (
          <CandidateRow key={row} spelling={spelling} />
        ) : (
          <div key={row} className="touch-keyboard__row">
            {keysOf(row)}
          </div>
        ),
      )}
      <div className="touch-keyboard__row touch-keyboard__row--last">
        {page === 'letters' ? (
          <ShiftKey shift={shift} onShift={() => setShift(afterShift(shift))} />
        ) : (
          <TextKey text="/" onText={type} />
        )}
        {page === 'signs' ? (
          <TextKey text="?" onText={type} />
        ) : chinese ? (
          <PinyinKey spelling={spelling} />
        ) : (
          <TextKey text=":" onText={type} />
        )}
        <WordKey
          word={page === 'letters' ? '#+=' : 'ABC'}
          name={t(page === 'letters' ? 'keyboard.signs' : 'keyboard.letters')}
          testId="touch-page"
          onPress={() => setPage(page === 'letters' ? 'signs' : 'letters')}
        />
        <WordKey word={t('key.clear')} onPress={spells ? spelling.clear : onClear} testId="touch-clear" />
        <Key name={t('keyboard.space')} testId="touch-space" onPress={() => type(' ')}>
          <span className="key__word">{t('keyboard.space')}</span>
        </Key>
        <DeleteKey onDelete={spells ? spelling.deleteLetter : onDelete} />
        <div className="touch-keyboard__row">
          <HideKey onHide={leaving(onHide)} />
          <DoneKey onDone={leaving(onDone)} />
        </div>
      </div>
    </div>
  );
}

function TextKey({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }): ReactNode {
  return (
    <Key testId={`touch-key-${text}`} onPress={() => onText(text)}>
      {text}
    </Key>
  );
}

function WordKey({
  word,
  name,
  testId,
  onPress,
}: {
  readonly word: string;
  readonly name?: string;
  readonly testId?: string;
  readonly onPress: () => void;
}): ReactNode {
  return (
    <Key onPress={onPress} {...(name === undefined ? {} : { name })} {...(testId === undefined ? {} : { testId })}>
      <span className="key__word">{word}</span>
    </Key>
  );
}

function ShiftKey({ shift, onShift }: { readonly shift: Shift; readonly onShift: () => void }): ReactNode {
  const t = useT();
  return (
    <Key
      name={t(shift === 'locked' ? 'keyboard.shiftLocked' : 'keyboard.shift')}
      pressed={shift !== 'off'}
      testId="touch-shift"
      onPress={onShift}
    >
      <Icon name={shift === 'locked' ? 'shiftLock' : 'shift'} />
    </Key>
  );
}

function PinyinKey({ spelling }: { readonly spelling: Spelling }): ReactNode {
  const t = useT();
  return (
    <Key pressed={spelling.on} testId="touch-pinyin" onPress={spelling.switchOver}>
      <span className="key__word">{t('keyboard.pinyin')}</span>
    </Key>
  );
}

function DoneKey({ onDone }: { readonly onDone: () => void }): ReactNode {
  const t = useT();
  return (
    <Key strong testId="touch-done" onPress={onDone}>
      <span className="key__word">{t('keyboard.done')}</span>
    </Key>
  );
}

function HideKey({ onHide }: { readonly onHide: () => void }): ReactNode {
  const t = useT();
  return (
    <Key name={t('keyboard.hide')} testId="touch-hide" onPress={onHide}>
      <Icon name="hideKeyboard" />
    </Key>
  );
}

/** A finger that is held down on purpose, not only a slow tap. */
const HOLD_BEFORE_REPEAT_MS = 450;
const REPEAT_EVERY_MS = 70;

/** Deletes once per tap, and repeatedly while it is held down. */
function DeleteKey({ onDelete }: { readonly onDelete: () => void }): ReactNode {
  const t = useT();
  const held = useHeld(onDelete);
  return (
    <span
      className="touch-keyboard__row"
      onPointerDown={held.begin}
      onPointerUp={held.end}
      onPointerLeave={held.end}
      onPointerCancel={held.end}
    >
      <Key name={t('key.delete')} testId="touch-delete" onPress={() => !held.repeated() && onDelete()}>
        <Icon name="delete" />
      </Key>
    </span>
  );
}

interface Held {
  readonly begin: () => void;
  readonly end: () => void;
  /** Whether it has acted while it was held: then letting go adds nothing. */
  readonly repeated: () => boolean;
}

function useHeld(act: () => void): Held {
  const latest = useRef(act);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const repeats = useRef(0);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const again = (): void => {
    repeats.current += 1;
    latest.current();
    timer.current = setTimeout(again, REPEAT_EVERY_MS);
  };
  return {
    begin: () => {
      repeats.current = 0;
      timer.current = setTimeout(again, HOLD_BEFORE_REPEAT_MS);
    },
    end: () => clearTimeout(timer.current),
    repeated: () => repeats.current > 0,
  };
}
