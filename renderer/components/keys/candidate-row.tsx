import type { ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { ROW_LENGTH } from '../../input/pinyin.ts';
import { Icon } from '../icon.tsx';
import { Key } from './key.tsx';
import type { Spelling } from './pinyin-input.ts';
import './candidate-row.css';

/** In place of the digits while somebody spells: each candidate lies on the digit that it is chosen by. */
export function CandidateRow({ spelling }: { readonly spelling: Spelling }): ReactNode {
  const t = useT();
  return (
    <div className="touch-keyboard__row candidate-row" data-testid="candidates">
      <output className="candidate-row__letters">
        <span>{spelling.letters}</span>
      </output>
      {Array.from({ length: ROW_LENGTH }, (_, index) => {
        const candidate = spelling.row[index];
        const digit = String(index + 1);
        return candidate === undefined ? (
          <span key={index} />
        ) : (
          <Key key={index} testId={`candidate-${digit}`} onPress={() => spelling.choose(candidate)}>
            <span className="candidate-row__text" lang="zh-CN" data-long={candidate.text.length > 2 || undefined}>
              <small aria-hidden="true">{digit}</small>
              {candidate.text}
            </span>
          </Key>
        );
      })}
      <Key name={t('keyboard.more')} testId="candidates-more" onPress={spelling.turn}>
        <Icon name="chevron" />
      </Key>
    </div>
  );
}
