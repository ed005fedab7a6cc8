import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * A modal dialog for as long as the component is there: the platform keeps the focus inside, and gives it back to what
 * opened it. It does so only for a dialog that is closed while it is still in the page; an effect is undone too late.
 */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return dialog;
}
