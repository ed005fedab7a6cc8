/** The words of the course. They load with the course, not with the till. */
import type { ReactNode } from 'react';
import zhCN from '../../shared/locales/zh-CN.json';
import en from '../../shared/locales/en.json';
import courseZhCN from '../../shared/locales/course.zh-CN.json';
import courseEn from '../../shared/locales/course.en.json';
import type { Language } from '../../shared/settings.ts';
import type { TillWords } from '../i18n/i18n.ts';
import { MoreWords } from '../i18n/more-words.tsx';

/** All words of each language, the till's and the course's. */
const courseWordsOf: Readonly<Record<Language, TillWords & typeof courseZhCN>> = {
  'zh-CN': { ...zhCN, ...courseZhCN },
  en: { ...en, ...courseEn },
};

/** Adds the words of the practice to the till's for its children. */
export const CourseWords = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <MoreWords words={courseWordsOf}>{children}</MoreWords>
);
