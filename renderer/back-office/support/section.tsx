import { useId, type ReactNode } from 'react';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { Refusal } from '../../bridge/use-command.ts';

export interface SectionProps {
  readonly title: string;
  readonly what: string;
  readonly refusal: Refusal | null;
  /** The result, or what is running now. */
  readonly status: string | null;
  readonly testId: string;
  readonly children: ReactNode;
}

/** One thing to export: what it is, its buttons, and the result. */
export function Section({ title, what, refusal, status, testId, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <section className="support__section" aria-labelledby={id} data-testid={testId}>
      <h2 className="support__title" id={id}>
        {title}
      </h2>
      <p className="support__what">{what}</p>
      <div className="support__row">{children}</div>
      {refusal !== null && <ProblemNote {...refusal} testId={`${testId}-error`} />}
      <p className="support__status" role="status" data-testid={`${testId}-status`}>
        {status}
      </p>
    </section>
  );
}
