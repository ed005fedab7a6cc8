/** Whether the course is on. All that the till knows of it; the rest comes when it is opened. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';

export const door = createStore<{ readonly open: boolean }>(() => ({ open: false }));
export const useCourseIsOn = (): boolean => useStore(door, ({ open }) => open);

export const openCourse = (): void => door.setState({ open: true });
export const closeCourse = (): void => door.setState({ open: false });
