import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import { refusalWords } from '../i18n/code-words.ts';
import { useReaderRole } from '../i18n/reader-role.ts';
import { Icon } from './icon.tsx';
import './problem-note.css';

export interface ProblemNoteProps {
  readonly code: string;
  readonly field: string | null;
  readonly testId: string;
}

/** Why a command was refused and what to do, beside its buttons. A screen reader reads it out. */
export function ProblemNote({ code, field, testId }: ProblemNoteProps): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  return (
    <p className="problem-note" role="alert" data-testid={testId} data-code={code}>
      <Icon name="warning" />
      {refusalWords(t, code, field, reader)}
    </p>
  );
}
