/** What each cashier has done of the practice course. Pure. */
import { z } from 'zod';
import { CASHIERS_MAX, cashierNameSchema } from '../../shared/contract/shift.ts';
import {
  doneExerciseSchema,
  type ExerciseId,
  exerciseIds,
  type OwnTraining,
  wholeCourseSchema,
} from '../../shared/contract/training.ts';
import type { Roster } from './roster.ts';

const recordSchema = z.strictObject({
  /** `null`: no named cashier. */
  name: cashierNameSchema.nullable(),
  /** Of the course under way, or of the last one if it was completed. */
  done: z.array(doneExerciseSchema).max(exerciseIds.length),
  /** The last time that all of it was done; starting the course again keeps it. */
  whole: wholeCourseSchema.nullable(),
  /** In the shift that began at this time (UTC ms) the course was postponed; `null`: never. */
  laterInShift: z.number().nullable(),
});
export type TrainingRecord = z.infer<typeof recordSchema>;

export const trainingSchema = z.strictObject({
  v: z.literal(1),
  cashiers: z.array(recordSchema).max(CASHIERS_MAX + 1),
});
export type Training = z.infer<typeof trainingSchema>;

export const noTraining: Training = { v: 1, cashiers: [] };

export const recordOf = ({ cashiers }: Training, name: string | null): TrainingRecord =>
  cashiers.find((one) => one.name === name) ?? { name, done: [], whole: null, laterInShift: null };

/** A result stays as it was first reached, until the course is started again. */
export function withDone(record: TrainingRecord, exercise: ExerciseId, atMs: number, tookMs: number): TrainingRecord {
  if (record.done.some((one) => one.exercise === exercise)) return record;
  const done = [...record.done, { exercise, atMs, tookMs }];
  const whole =
    done.length < exerciseIds.length ? record.whole : { atMs, tookMs: done.reduce((sum, one) => sum + one.tookMs, 0) };
  return { ...record, done, whole };
}

export const begunAnew = (record: TrainingRecord): TrainingRecord => ({ ...record, done: [] });

export const putOff = (record: TrainingRecord, shiftSinceMs: number): TrainingRecord => ({
  ...record,
  laterInShift: shiftSinceMs,
});

/** Only cashiers on the list are kept, so that a new cashier of the same name starts with nothing. */
export const withRecord = ({ cashiers }: Training, record: TrainingRecord, { names }: Roster): Training => ({
  v: 1,
  cashiers: [...keptOf(cashiers, names).filter((one) => one.name !== record.name), record],
});

export const withoutUnlisted = ({ cashiers }: Training, { names }: Roster): Training => ({
  v: 1,
  cashiers: keptOf(cashiers, names),
});

const keptOf = (cashiers: readonly TrainingRecord[], names: readonly string[]): TrainingRecord[] =>
  cashiers.filter(({ name }) => name === null || names.includes(name));

/**
 * What the till receives. A named cashier who postponed the course is not asked again. Without names the next shift may
 * be another person, so the till asks once per shift until the course was done.
 */
export function ownTraining(record: TrainingRecord, shiftSinceMs: number): NonNullable<OwnTraining> {
  const isPutOff = record.laterInShift !== null && (record.name !== null || record.laterInShift === shiftSinceMs);
  return {
    done: record.done.map(({ exercise }) => exercise),
    wholeAtMs: record.whole?.atMs ?? null,
    offered: record.whole === null && !isPutOff,
  };
}
