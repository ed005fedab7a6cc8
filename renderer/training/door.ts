/** What of the training is open. All that the till knows of it; the rest comes when it is opened. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';

export const door = createStore<{ readonly open: boolean; readonly panel: boolean }>(() => ({ open: false, panel: false }));
export const useCourseIsOn = (): boolean => useStore(door, ({ open }) => open);
export const usePanelIsOpen = (): boolean => useStore(door, ({ panel }) => panel);

export const openCourse = (): void => door.setState({ open: true });
export const closeCourse = (): void => door.setState({ open: false });
export const openPanel = (): void => door.setState({ panel: true });
export const closePanel = (): void => door.setState({ panel: false });
