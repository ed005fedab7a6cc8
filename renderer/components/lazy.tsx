import { useEffect, useState, type ComponentType, type ReactNode } from 'react';

type Load<Props> = () => Promise<ComponentType<Props>>;
type Loaded<Props> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly Component: ComponentType<Props> }
  | { readonly kind: 'failed'; readonly error: Error };

/**
 * A component whose code is loaded when it is first shown; until then nothing is shown in its place. Code that cannot
 * be loaded is a fault, for the boundary around it. React's own `lazy` would keep the place empty for 300 ms, even if
 * the code is there sooner.
 */
export function lazy<Props extends object>(load: Load<Props>): ComponentType<Props> {
  let known: Loaded<Props> = { kind: 'waiting' };
  return function Lazy(props: Props): ReactNode {
    const [loaded, setLoaded] = useState(known);
    useEffect(() => {
      if (loaded.kind !== 'waiting') return undefined;
      let isShown = true;
      const settle = (state: Loaded<Props>): void => {
        if (state.kind === 'here') known = state;
        if (isShown) setLoaded(state);
      };
      load().then(
        (Component) => settle({ kind: 'here', Component }),
        (error: unknown) =>
          settle({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) }),
      );
      return () => {
        isShown = false;
      };
    }, [loaded]);
    if (loaded.kind === 'failed') throw loaded.error;
    return loaded.kind === 'here' ? <loaded.Component {...props} /> : null;
  };
}
