/** The keys of each exercise's words: its name, what happens, what to do, where to look, and what is learned by it. */
import type { ExerciseId } from '../../shared/contract/training.ts';
import type { PartKeysOf } from '../i18n/i18n.ts';

export const EXERCISE_KEYS = {
  'goes-well': {
    name: 'course.of.goes-well.name',
    what: 'course.of.goes-well.what',
    do: 'course.of.goes-well.do',
    hint: 'course.of.goes-well.hint',
    learned: 'course.of.goes-well.learned',
  },
  declined: {
    name: 'course.of.declined.name',
    what: 'course.of.declined.what',
    do: 'course.of.declined.do',
    hint: 'course.of.declined.hint',
    learned: 'course.of.declined.learned',
  },
  hangs: {
    name: 'course.of.hangs.name',
    what: 'course.of.hangs.what',
    do: 'course.of.hangs.do',
    hint: 'course.of.hangs.hint',
    learned: 'course.of.hangs.learned',
  },
  'take-back': {
    name: 'course.of.take-back.name',
    what: 'course.of.take-back.what',
    do: 'course.of.take-back.do',
    hint: 'course.of.take-back.hint',
    learned: 'course.of.take-back.learned',
  },
  recall: {
    name: 'course.of.recall.name',
    what: 'course.of.recall.what',
    do: 'course.of.recall.do',
    hint: 'course.of.recall.hint',
    learned: 'course.of.recall.learned',
  },
  'paid-after-all': {
    name: 'course.of.paid-after-all.name',
    what: 'course.of.paid-after-all.what',
    do: 'course.of.paid-after-all.do',
    hint: 'course.of.paid-after-all.hint',
    learned: 'course.of.paid-after-all.learned',
  },
  manager: {
    name: 'course.of.manager.name',
    what: 'course.of.manager.what',
    do: 'course.of.manager.do',
    hint: 'course.of.manager.hint',
    learned: 'course.of.manager.learned',
  },
} as const satisfies PartKeysOf<'course.of', ExerciseId, 'name' | 'what' | 'do' | 'hint' | 'learned'>;
