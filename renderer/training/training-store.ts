/** Which parts of the practice are open. The till knows only this; the rest is loaded when it is needed. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { OwnTraining } from '../../shared/contract/training.ts';

export interface TrainingState {
  /**
   * How the course was entered, while it is on: `ask` whether to go on with a course that was begun, or `go-on` at
   * once.
   */
  readonly course: 'ask' | 'go-on' | null;
  /** Whether the panel of scenarios covers the till. */
  readonly panel: boolean;
  /** Main's record of what the serving cashier has done of the course; `undefined` until it was asked. */
  readonly own: OwnTraining | undefined;
}

export const trainingStore = createStore<TrainingState>(() => ({ course: null, panel: false, own: undefined }));
export const useTraining = <Part>(select: (state: TrainingState) => Part): Part => useStore(trainingStore, select);

export const openCourse = (how: 'ask' | 'go-on'): void => trainingStore.setState({ course: how });
export const closeCourse = (): void => trainingStore.setState({ course: null });
export const openPanel = (): void => trainingStore.setState({ panel: true });
export const closePanel = (): void => trainingStore.setState({ panel: false });
