import type { ReactNode } from 'react';
import { CourseWords } from './course-words.tsx';
import { PracticeStrip } from './practice-strip.tsx';
import { PracticeTools } from './practice-tools.tsx';

export interface PracticeProps {
  /** `band`: the tools in the practice band. `below`: the course, or the offer of it. */
  readonly place: 'band' | 'below';
}

/** The practice parts of the header, with their words. */
export const Practice = ({ place }: PracticeProps): ReactNode => (
  <CourseWords>{place === 'band' ? <PracticeTools /> : <PracticeStrip />}</CourseWords>
);
