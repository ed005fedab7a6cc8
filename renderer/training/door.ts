/** What of the practice is open. All that the till knows of it; the rest comes when it is needed. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { OwnTraining } from '../../shared/contract/training.ts';

export interface DoorState {
  /** How the course was entered, while it is on: `ask` whether to go on with one that was begun, or `go-on` at once. */
  readonly course: 'ask' | 'go-on' | null;
  /** The panel of scenarios lies over the till. */
  readonly panel: boolean;
  /** Main's word on what whoever serves has done of the course; `undefined` until it was asked. */
  readonly own: OwnTraining | undefined;
}

export const door = createStore<DoorState>(() => ({ course: null, panel: false, own: undefined }));
export const useDoor = <Part>(select: (state: DoorState) => Part): Part => useStore(door, select);

export const openCourse = (how: 'ask' | 'go-on'): void => door.setState({ course: how });
export const closeCourse = (): void => door.setState({ course: null });
export const openPanel = (): void => door.setState({ panel: true });
export const closePanel = (): void => door.setState({ panel: false });
