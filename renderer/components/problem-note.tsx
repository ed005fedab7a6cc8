import type { ReactNode } from 'react';
import type { Role } from '../../shared/role.ts';
import { useT } from '../i18n/i18n.ts';
import { refusalWords } from '../i18n/code-words.ts';
import { Icon } from './icon.tsx';
import './problem-note.css';

export interface ProblemNoteProps {
  readonly code: string;
  readonly field: string | null;
  readonly testId: string;
  /** Who reads it, where that may be a manager. */
  readonly reader?: Role;
}

/** Why a command was refused and what to do, beside its buttons. A screen reader reads it out. */
export function ProblemNote({ code, field, testId, reader = 'cashier' }: ProblemNoteProps): ReactNode {
  const t = useT();
  return (
    <p className="problem-note" role="alert" data-testid={testId} data-code={code}>
      <Icon name="warning" />
      {refusalWords(t, code, field, reader)}
    </p>
  );
}
