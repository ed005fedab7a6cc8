import type { ReactNode } from 'react';
import { CourseWords } from './course-words.tsx';
import { PracticeStrip } from './practice-strip.tsx';
import { PracticeTools } from './practice-tools.tsx';

export interface PracticeProps {
  /** `band`: in it, the tools. `below`: the course, or the offer of it. */
  readonly place: 'band' | 'below';
}

/** What the header holds of practising, with its words. */
export const Practice = ({ place }: PracticeProps): ReactNode => (
  <CourseWords>{place === 'band' ? <PracticeTools /> : <PracticeStrip />}</CourseWords>
);
