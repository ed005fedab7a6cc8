import type { ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { amountKeys, type AmountKey } from '../../input/amount-entry.ts';
import { Icon } from '../icon.tsx';
import { Key } from './key.tsx';
import './amount-keypad.css';

export interface AmountKeypadProps {
  readonly onKey: (key: AmountKey) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}

/** Digits as on a till, a key for two zeros, and the keys that delete. */
export function AmountKeypad({ onKey, onDelete, onClear }: AmountKeypadProps): ReactNode {
  const t = useT();
  return (
    <div className="amount-keypad">
      <div className="amount-keypad__digits">
        {amountKeys.map((key) => (
          <Key
            key={key}
            testId={`key-${key}`}
            {...(key === '.' ? { name: t('key.point') } : {})}
            onPress={() => onKey(key)}
          >
            {key}
          </Key>
        ))}
      </div>
      <Key testId="key-delete" name={t('key.delete')} onPress={onDelete}>
        <Icon name="delete" />
      </Key>
      <Key testId="key-clear" onPress={onClear}>
        <span className="key__word">{t('key.clear')}</span>
      </Key>
    </div>
  );
}
