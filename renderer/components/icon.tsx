import type { ReactNode } from 'react';
import type { Role } from '../../shared/role.ts';
import './icon.css';

/** Each state has a shape of its own, so that it can be recognised without colour. */
const paths = {
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  stop: 'M8 2.8h8l5.2 5.2v8L16 21.2H8L2.8 16V8zM7.5 12h9',
  circleCheck: 'M12 2.8a9.2 9.2 0 1 1 0 18.4 9.2 9.2 0 0 1 0-18.4zM7.6 12.3l3 3 5.8-6.2',
  squareCheck:
    'M4.5 3h15A1.5 1.5 0 0 1 21 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 19.5v-15A1.5 1.5 0 0 1 4.5 3zM7.4 12.3l3.2 3.2 6-6.6',
  // Money in, and nothing else: a seal with a tick. A form's checkbox is a square, and nothing else has this outline.
  moneyIn:
    'M12 1.8l2.7 2 3.4-.1 1 3.2 2.8 1.9-1.1 3.2 1.1 3.2-2.8 1.9-1 3.2-3.4-.1-2.7 2-2.7-2-3.4.1-1-3.2-2.8-1.9 1.1-3.2-1.1-3.2 2.8-1.9 1-3.2 3.4.1zM7.6 12.2l3.1 3.1 5.7-6.4',
  circleZero:
    'M12 2.8a9.2 9.2 0 1 1 0 18.4 9.2 9.2 0 0 1 0-18.4zM12 7.2c1.9 0 2.9 2 2.9 4.8s-1 4.8-2.9 4.8-2.9-2-2.9-4.8 1-4.8 2.9-4.8z',
  circleGo: 'M12 2.8a9.2 9.2 0 1 1 0 18.4 9.2 9.2 0 0 1 0-18.4zM7 12h9.6M12.8 8l4 4-4 4',
  personCheck:
    'M9.5 3.2a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM13.5 15.2c-1.2-.6-2.6-.8-4-.8-4.1 0-7.3 2.4-7.8 6.4h10M14.5 18l2.6 2.6 5-5.6',
  personDots:
    'M9.5 3.2a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM13.5 15.2c-1.2-.6-2.6-.8-4-.8-4.1 0-7.3 2.4-7.8 6.4h10M15 20h.01M18.2 20h.01M21.4 20h.01',
  returned: 'M3.5 9.5h11a5.5 5.5 0 0 1 0 11H8M8 4.5l-5 5 5 5',
  circleReturned:
    'M12 2.8a9.2 9.2 0 1 1 0 18.4 9.2 9.2 0 0 1 0-18.4zM7.5 10.2h6a3 3 0 0 1 0 6h-3M10.2 7.4l-2.8 2.8 2.8 2.8',
  hourglass:
    'M6 3h12M6 21h12M7.5 3v3.2c0 2.4 4.5 4 4.5 5.8s-4.5 3.4-4.5 5.8V21M16.5 3v3.2c0 2.4-4.5 4-4.5 5.8s4.5 3.4 4.5 5.8V21',
  calendar: 'M4 5h16v15.5H4zM4 10h16M8 2.8v4M16 2.8v4',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5.2l3.4 2',
  ready: 'M9.5 4.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM8 12h14M18 8l4 4-4 4',
  search: 'M10.5 3a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM16 16l5.5 5.5',
  again: 'M20.5 12a8.5 8.5 0 1 1-2.6-6.1M20.6 2.8v4.6H16',
  question: 'M12 1.8 22.2 12 12 22.2 1.8 12zM9.6 9.7a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2 1-1.2 1.9M12 16.4h.01',
  person: 'M12 3.2a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.2 20.8c.5-4 3.7-6.4 7.8-6.4s7.3 2.4 7.8 6.4z',
  warning: 'M12 3 22 20.5H2zM12 9.5v5M12 17.5h.01',
  cross:
    'M4.5 3h15A1.5 1.5 0 0 1 21 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 19.5v-15A1.5 1.5 0 0 1 4.5 3zM8.2 8.2l7.6 7.6M15.8 8.2l-7.6 7.6',
  choice: 'M12 21v-7M12 14 5 7M12 14l7-7M5 12V7h5M14 7h5v5',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  disk: 'M4 4h12l4 4v12H4zM8 4v5h7V4M8 20v-6h8v6',
  delete: 'M8.5 5H21v14H8.5L2.5 12zM12 9.5l5 5M17 9.5l-5 5',
  close: 'M5 5l14 14M19 5 5 19',
  history: 'M12 3a9 9 0 1 1-8.5 6M3 4v5h5M12 7.5V12l3.2 2',
  keypad: 'M4 5h16v14H4zM7.5 9h.01M12 9h.01M16.5 9h.01M7.5 12.5h.01M12 12.5h.01M16.5 12.5h.01M8 16h8',
  sound: 'M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  muted: 'M4 9.5v5h3.5L12 19V5L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5',
  phone:
    'M7 2.8h10v18.4H7zM10.5 18.6h3M9.8 6.6h1.4v1.4H9.8zM13 6.6h1.4v1.4H13zM9.8 10.4h1.4v1.4H9.8zM13.2 10.6h.01M14.4 12h.01',
  chevron: 'M9 5l7 7-7 7',
  shift: 'M12 4 4 12.5h4.5V19h7v-6.5H20z',
  shiftLock: 'M12 3 4 11.5h4.5V16h7v-4.5H20zM8.5 20h7',
  hideKeyboard: 'M3 4.5h18v10H3zM6.5 8h.01M10 8h.01M14 8h.01M17.5 8h.01M8 11.5h8M9 18l3 3 3-3',
  file: 'M6 2.8h8l4.5 4.5v13.9H6zM13.5 3v5h5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
  receipt: 'M5.5 2.8v18.4l2.2-1.6 2.1 1.6 2.2-1.6 2.2 1.6 2.1-1.6 2.2 1.6V2.8zM9 8h6M9 12h6M9 15.5h4',
  shield: 'M12 2.5l8 3v6c0 5-3.4 8.3-8 10-4.6-1.7-8-5-8-10v-6zM8.5 12l2.6 2.6 4.6-5',
  wrench: 'M14.5 6.5a4.5 4.5 0 0 0-5.9 5.6L3 17.7 6.3 21l5.6-5.6a4.5 4.5 0 0 0 5.6-5.9l-3 3-2.9-.7-.7-2.9z',
  lock: 'M6 11h12v10H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11M12 15v2.5',
  leave: 'M13 4H5v16h8M10 12h11M17 8l4 4-4 4',
  handOver: 'M3 8h13M12 4l4 4-4 4M21 16H8M12 12l-4 4 4 4',
  tray: 'M3 13l3-8h12l3 8v6H3zM3 13h5.5l1.5 2.5h4l1.5-2.5H21',
} as const;

export type IconName = keyof typeof paths;

export const roleIcons: Readonly<Record<Role, IconName>> = {
  cashier: 'person',
  manager: 'shield',
  technician: 'wrench',
};

export interface IconProps {
  readonly name: IconName;
}

/**
 * A line drawing in the colour and size of the text around it. The word beside it says the same, so it is not read out.
 */
export function Icon({ name }: IconProps): ReactNode {
  return (
    <svg className="icon" data-icon={name} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
