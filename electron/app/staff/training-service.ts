/** The practice course's results. What counts is the journal's record of the exercise's own order. */
import type { ExerciseId, OwnTraining, TrainingResults } from '../../../shared/contract/training.ts';
import { exercises, isReachedBy, type Exercise, type Milestone } from '../../../shared/practice/exercises.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { HistoryRow } from '../../orders/journal/journal.ts';
import type { Services } from '../core/services.ts';
import {
  begunAnew,
  ownTraining,
  putOff,
  recordOf,
  withDone,
  withRecord,
  type TrainingRecord,
} from '../../staff/training.ts';
import type { StaffService } from './staff-service.ts';

type Kept = Result<OwnTraining, 'nobody-on-shift' | 'not-saved'>;

/** Only cashiers have results: a person who is signed in tries the till out without a cashier's name. */
export function trainingState({ practice }: Services, { roster, training }: StaffService, caller: Caller): OwnTraining {
  const { on } = roster.now();
  return practice === null || caller.role !== 'cashier' || on === null
    ? null
    : ownTraining(recordOf(training.now(), on.name), on.sinceMs);
}

/**
 * Keeps an exercise as done if the journal shows its order's whole path, started by this very cashier. Whether the next
 * customer was served meanwhile is reported by the course alone, because this order does not show it.
 */
export function exerciseDone(
  services: Services,
  staff: StaffService,
  { exercise: id, orderId }: { readonly exercise: ExerciseId; readonly orderId: string },
  caller: Caller,
): Result<OwnTraining, 'not-practice' | 'nobody-on-shift' | 'exercise-not-done' | 'not-saved'> {
  if (services.practice === null) return fail('not-practice');
  const exercise = exercises.find((one) => one.id === id);
  const rows = services.journal.history(orderId);
  const isTaken = services.journal.load(orderId)?.order.origin === 'taken';
  if (exercise === undefined || !isTaken || rows[0]?.actor.who !== caller.who || !wentTheWay(exercise, rows))
    return fail('exercise-not-done');
  const nowMs = services.clock.read().wallMs;
  const tookMs = Math.max(0, Math.round(nowMs - rows[0].atMs));
  const kept = changed(staff, (record) => withDone(record, id, nowMs, tookMs));
  services.audit.note(caller, 'exercise-done', kept.ok ? 'ok' : kept.error, id);
  return kept;
}

/** Whether the rows reach each milestone of the path, one after another. */
export function wentTheWay({ path }: Exercise, rows: readonly HistoryRow[]): boolean {
  let reached = 0;
  for (const row of rows) {
    const next = path[reached];
    if (next !== undefined && reaches(next, row)) reached += 1;
  }
  return reached === path.length;
}

function reaches(milestone: Milestone, { event, phase }: HistoryRow): boolean {
  switch (milestone) {
    case 'recall':
      return event.type === 'reverse-ended' && 'recall' in event.answer && event.answer.recall === 'Y';
    case 'taken-back':
      return event.type === 'cancel-withdrawn';
    default:
      return phase !== null && isReachedBy(milestone, phase);
  }
}

/** What was done before no longer counts for a complete course. An earlier complete course stays complete. */
export const beginAnew = (staff: StaffService): Kept => changed(staff, begunAnew);

/** "Later": the till does not offer the course again. */
export const putOffCourse = (staff: StaffService): Kept => changed(staff, putOff);

function changed(
  { roster, training }: StaffService,
  change: (record: TrainingRecord, shiftSinceMs: number) => TrainingRecord,
): Kept {
  const now = roster.now();
  if (now.on === null) return fail('nobody-on-shift');
  const record = change(recordOf(training.now(), now.on.name), now.on.sinceMs);
  const saved = training.change(withRecord(training.now(), record, now));
  return saved.ok ? ok(ownTraining(record, now.on.sinceMs)) : saved;
}

/** For every cashier on the list; without a list, for no named cashier. */
export function trainingResults({ roster, training }: StaffService): TrainingResults {
  const { names } = roster.now();
  const rows = (names.length === 0 ? [null] : names).map((name) => recordOf(training.now(), name));
  const trouble = training.unreadable ? 'unreadable' : training.lost ? 'set-aside' : null;
  return { cashiers: rows.map(({ name, done, whole }) => ({ name, done, whole })), trouble };
}
