import { useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * A modal dialog for as long as the component exists: the platform keeps the focus inside, and gives it back to the
 * element that opened the dialog. It does so only if the dialog is closed while it is still in the page. The clean-up
 * of an effect runs too late for that.
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
