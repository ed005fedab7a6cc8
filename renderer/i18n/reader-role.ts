/** Who reads the screen. Words that send for a manager say something else to one, by `{reader, select, …}`. */
import { createContext, useContext } from 'react';
import type { Role } from '../../shared/role.ts';

/** The role of the person at the screen, set once for the whole of it. */
export const ReaderRole = createContext<Role>('cashier');

export const useReaderRole = (): Role => useContext(ReaderRole);
