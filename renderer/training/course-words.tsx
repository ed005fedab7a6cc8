import type { ReactNode } from 'react';
import { MoreWords } from '../i18n/more-words.tsx';
import { courseWordsOf } from './words.ts';

/** Gives what it holds the words of the practice beside the till's. */
export const CourseWords = ({ children }: { readonly children: ReactNode }): ReactNode => <MoreWords words={courseWordsOf}>{children}</MoreWords>;
