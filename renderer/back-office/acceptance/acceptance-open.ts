/** Whether the acceptance is open: the result of the set-up offers it, and the self-test's page shows it. */
import { create } from 'zustand';

export const useAcceptanceOpen = create<boolean>(() => false);

export const openAcceptance = (): void => useAcceptanceOpen.setState(true, true);
export const closeAcceptance = (): void => useAcceptanceOpen.setState(false, true);
