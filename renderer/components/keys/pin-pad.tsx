import type { ReactNode } from 'react';
import { PIN_DIGITS_MIN } from '../../../shared/contract/staff.ts';
import { useT } from '../../i18n/i18n.ts';
import { Icon } from '../icon.tsx';
import { Key } from './key.tsx';
import './pin-pad.css';

const digitKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export interface PinPadProps {
  /** How many digits have been typed. They are never shown. */
  readonly count: number;
  readonly onDigit: (digit: string) => void;
  readonly onDelete: () => void;
}

/** Digits to tap, and how many have been typed. */
export function PinPad({ count, onDigit, onDelete }: PinPadProps): ReactNode {
  const t = useT();
  return (
    <div className="pin-pad">
      <output
        className="pin-pad__dots"
        aria-label={t('signIn.typed', { count })}
        data-testid="pin-dots"
        data-count={count}
      >
        {Array.from({ length: Math.max(PIN_DIGITS_MIN, count) }, (_, index) => (
          <span key={index} className="pin-pad__dot" data-filled={index < count || undefined} />
        ))}
      </output>
      <div className="pin-pad__keys">
        {digitKeys.map((digit) => (
          <Key key={digit} testId={`pin-key-${digit}`} onPress={() => onDigit(digit)}>
            {digit}
          </Key>
        ))}
        <span />
        <Key testId="pin-key-0" onPress={() => onDigit('0')}>
          0
        </Key>
        <Key testId="pin-delete" name={t('key.delete')} onPress={onDelete}>
          <Icon name="delete" />
        </Key>
      </div>
    </div>
  );
}
