import type { ReactNode } from 'react';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useKiosk } from '../../state/store.ts';

/** Why the last command on the till was refused. */
export function TillProblem(): ReactNode {
  const problem = useKiosk((state) => state.problem);
  if (problem?.place !== 'till') return null;
  return (
    <div className="till__problem">
      <ProblemNote code={problem.code} field={problem.field} testId="act-error" />
    </div>
  );
}
