import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { parseYuanRange } from '../../../shared/money.ts';
import { useT } from '../../i18n/i18n.ts';
import { withoutLast } from '../../input/amount-entry.ts';
import { Icon } from '../../components/icon.tsx';
import { Key } from '../../components/keys/key.tsx';
import { NumberKeypad } from '../../components/keys/number-keypad.tsx';
import { search, typedInto, type Field, isWrongNumber } from './search-state.ts';
import './search-fields.css';

const change = (next: (text: string) => string): void => search.setState((state) => typedInto(state, next));

/** What to look for: any part of a number, and an amount or a range. Typed, scanned or tapped on the pad below. */
export function SearchFields(): ReactNode {
  const t = useT();
  const padOpen = useStore(search, (state) => state.padOpen);
  const field = useStore(search, (state) => state.field);
  const filtersOpen = useStore(search, (state) => state.filtersOpen);
  return (
    <div className="search-fields">
      <div className="search-fields__row">
        <NumberBox />
        <AmountBox />
        <button
          type="button"
          className="search-fields__pad"
          aria-expanded={padOpen}
          aria-label={t('history.pad')}
          data-testid="history-pad"
          onClick={() => search.setState({ padOpen: !padOpen })}
        >
          <Icon name="keypad" />
        </button>
        <button
          type="button"
          className="search-fields__filters"
          aria-expanded={filtersOpen}
          data-testid="history-filters"
          onClick={() => search.setState({ filtersOpen: !filtersOpen })}
        >
          {t('history.filters')}
        </button>
      </div>
      {padOpen && (
        <div className="search-fields__keys">
          {field === 'number' ? (
            <NumberKeypad
              onText={(text) => change((typed) => typed + text)}
              onDelete={() => change(withoutLast)}
              onClear={() => change(() => '')}
            />
          ) : (
            <AmountKeys />
          )}
        </div>
      )}
    </div>
  );
}

function NumberBox(): ReactNode {
  const t = useT();
  const number = useStore(search, (state) => state.number);
  return (
    <FieldBox
      field="number"
      label={t('history.number')}
      placeholder={t('history.numberHint')}
      wrong={isWrongNumber(number)}
    />
  );
}

function AmountBox(): ReactNode {
  const t = useT();
  const amount = useStore(search, (state) => state.amount);
  return (
    <FieldBox
      field="amount"
      label={t('history.amount')}
      placeholder={t('history.amountHint')}
      wrong={amount !== '' && parseYuanRange(amount) === null}
    />
  );
}

interface FieldBoxProps {
  readonly field: Field;
  readonly label: string;
  readonly placeholder: string;
  readonly wrong: boolean;
}

function FieldBox({ field, label, placeholder, wrong }: FieldBoxProps): ReactNode {
  const t = useT();
  const text = useStore(search, (state) => state[field]);
  const active = useStore(search, (state) => state.field === field);
  const padOpen = useStore(search, (state) => state.padOpen);
  return (
    <div className="search-box" data-field={field} data-active={active || undefined} data-wrong={wrong || undefined}>
      <input
        className="search-box__input"
        data-testid={`history-${field}`}
        // While its own pad is open no second keyboard opens.
        data-keys={padOpen ? 'own' : undefined}
        aria-label={label}
        aria-invalid={wrong || undefined}
        placeholder={placeholder}
        inputMode="none"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onFocus={() => search.setState({ field })}
        onChange={(event) => search.setState((state) => typedInto({ ...state, field }, () => event.target.value))}
      />
      {text !== '' && (
        <button
          type="button"
          className="search-box__clear"
          aria-label={t('key.clear')}
          data-testid={`history-clear-${field}`}
          onClick={() => search.setState((state) => typedInto({ ...state, field }, () => ''))}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

const AMOUNT_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0', '-'] as const;

function AmountKeys(): ReactNode {
  const t = useT();
  return (
    <div className="number-keypad">
      <div className="number-keypad__digits">
        {AMOUNT_KEYS.map((key) => (
          <Key
            key={key}
            testId={`amount-key-${key}`}
            {...(key === '-' ? { name: t('history.upTo') } : {})}
            onPress={() => change((typed) => typed + key)}
          >
            {key === '-' ? '–' : key}
          </Key>
        ))}
      </div>
      <div className="number-keypad__side">
        <Key name={t('key.delete')} onPress={() => change(withoutLast)}>
          <Icon name="delete" />
        </Key>
        <Key onPress={() => change(() => '')}>
          <span className="key__word">{t('key.clear')}</span>
        </Key>
      </div>
    </div>
  );
}
