import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import './figure.css';

export interface FigureProps {
  readonly icon: IconName;
}

/** The large shape of a state that no longer changes. */
export function Figure({ icon }: FigureProps): ReactNode {
  return (
    <div className="figure">
      <Icon name={icon} />
    </div>
  );
}

/** Work of unknown length: a ring of dashes that turns. The words are beside it. */
export function UnderWay({ icon = 'hourglass' }: Partial<FigureProps>): ReactNode {
  return (
    <div className="figure">
      <svg className="figure__turning" viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="44" pathLength="12" />
      </svg>
      <Icon name={icon} />
    </div>
  );
}
