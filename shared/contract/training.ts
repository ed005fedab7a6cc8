/** The practice course: which exercises a cashier has really done, kept by name. */
import { z } from 'zod';
import { orderIdSchema } from '../order/order.ts';
import { ANYBODY, CASHIER, MANAGER } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** In the course's order (exercises.ts). */
export const exerciseIdSchema = z.enum([
  'goes-well',
  'declined',
  'hangs',
  'take-back',
  'recall',
  'paid-after-all',
  'manager',
]);
export const exerciseIds = exerciseIdSchema.options;
export type ExerciseId = z.infer<typeof exerciseIdSchema>;

/** When it was done, UTC ms, and how long its payments took from the first act to the last, ms. */
const doneInMs = { atMs: z.number(), tookMs: z.number().int().nonnegative() };
export const doneExerciseSchema = z.strictObject({ exercise: exerciseIdSchema, ...doneInMs });
export const wholeCourseSchema = z.strictObject(doneInMs);

/**
 * Of the cashier who serves now. `null` if nothing is kept: a manager or technician is signed in, no one serves, or the
 * money is real.
 */
export const ownTrainingSchema = z
  .object({
    done: z.array(exerciseIdSchema),
    /** When all of it was last done, UTC ms. */
    wholeAtMs: z.number().nullable(),
    /** Whether the till may offer the course: it was neither done nor postponed. */
    offered: z.boolean(),
  })
  .nullable();
export type OwnTraining = z.infer<typeof ownTrainingSchema>;

const cashierTrainingSchema = z.object({
  /** `null`: no named cashier, in a shop that uses no names. */
  name: z.string().nullable(),
  /** Of the course that is under way, or was done last. */
  done: z.array(doneExerciseSchema),
  whole: wholeCourseSchema.nullable(),
});
export type CashierTraining = z.infer<typeof cashierTrainingSchema>;

export const trainingResultsSchema = z.object({
  cashiers: z.array(cashierTrainingSchema),
  /**
   * `set-aside`: the file was damaged and is kept, and a new one was started. `unreadable`: the file exists, and
   * nothing overwrites it.
   */
  trouble: z.enum(['set-aside', 'unreadable']).nullable(),
});
export type TrainingResults = z.infer<typeof trainingResultsSchema>;

/** The course under the cashier's own name; a manager sees everyone's. */
export const trainingCommands = {
  'training.state': { roles: ANYBODY, input: nothing, output: ownTrainingSchema, codes: [] },
  // `orderId`: the exercise's own order. Its history in the journal is the proof.
  'training.done': {
    roles: CASHIER,
    input: z.strictObject({ exercise: exerciseIdSchema, orderId: orderIdSchema }),
    output: ownTrainingSchema,
    codes: ['not-practice', 'nobody-on-shift', 'exercise-not-done', 'not-saved'],
  },
  'training.begin-anew': {
    roles: CASHIER,
    input: nothing,
    output: ownTrainingSchema,
    codes: ['nobody-on-shift', 'not-saved'],
  },
  'training.later': {
    roles: CASHIER,
    input: nothing,
    output: ownTrainingSchema,
    codes: ['nobody-on-shift', 'not-saved'],
  },
  // Ends every order of the practice gateway that is still open, by the usual way and with its proof.
  'training.tidy': { roles: ANYBODY, input: nothing, output: z.null(), codes: ['not-practice', 'not-saved'] },
  'training.results': { roles: MANAGER, input: nothing, output: trainingResultsSchema, codes: [] },
} as const satisfies Record<string, CommandSpec>;
