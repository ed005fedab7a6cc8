import { useState, type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { digitKeys, letterRows } from '../../input/number-entry.ts';
import { Icon } from '../icon.tsx';
import { Key } from './key.tsx';
import './number-keypad.css';

export interface NumberKeypadProps {
  readonly onText: (text: string) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}

/** Digits first, because most numbers have only digits; letters and signs are on a second page. */
export function NumberKeypad(props: NumberKeypadProps): ReactNode {
  const [page, setPage] = useState<'digits' | 'letters'>('digits');
  return page === 'digits' ? (
    <Digits {...props} onTurn={() => setPage('letters')} />
  ) : (
    <Letters {...props} onTurn={() => setPage('digits')} />
  );
}

interface PageProps extends NumberKeypadProps {
  readonly onTurn: () => void;
}

function Digits({ onText, onDelete, onClear, onTurn }: PageProps): ReactNode {
  const t = useT();
  return (
    <div className="number-keypad">
      <div className="number-keypad__digits">
        {digitKeys.map((key) => (
          <Key key={key} testId={`number-key-${key}`} onPress={() => onText(key)}>
            {key}
          </Key>
        ))}
      </div>
      <div className="number-keypad__side">
        <Key testId="number-delete" name={t('key.delete')} onPress={onDelete}>
          <Icon name="delete" />
        </Key>
        <Key testId="number-clear" onPress={onClear}>
          <span className="key__word">{t('key.clear')}</span>
        </Key>
        <Key testId="number-letters" onPress={onTurn}>
          <span className="key__word">{t('number.letters')}</span>
        </Key>
      </div>
    </div>
  );
}

function Letters({ onText, onDelete, onClear, onTurn }: PageProps): ReactNode {
  const t = useT();
  const [capitals, setCapitals] = useState(true);
  const shown = (key: string): string => (capitals ? key.toUpperCase() : key);
  return (
    <div className="number-keypad number-keypad--letters">
      {letterRows.map((row) => (
        <div key={row} className="number-keypad__row">
          {Array.from(row).map((key) => (
            <Key key={key} onPress={() => onText(shown(key))}>
              {shown(key)}
            </Key>
          ))}
        </div>
      ))}
      <div className="number-keypad__row">
        <Key testId="number-digits" onPress={onTurn}>
          <span className="key__word">{t('number.digits')}</span>
        </Key>
        <Key pressed={capitals} onPress={() => setCapitals(!capitals)}>
          <span className="key__word">{t('number.shift')}</span>
        </Key>
        <Key onPress={onClear}>
          <span className="key__word">{t('key.clear')}</span>
        </Key>
        <Key name={t('key.delete')} onPress={onDelete}>
          <Icon name="delete" />
        </Key>
      </div>
    </div>
  );
}
