import type { ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { Icon } from '../../components/icon.tsx';
import { leaveShift, useShift } from '../../state/shift.ts';
import { useStaff } from '../../state/staff.ts';

/** Who serves, and the button for handing over to the next cashier. */
export function ShiftButton(): ReactNode {
  const t = useT();
  const on = useStaff((state) => state.view?.crew.on ?? null);
  const busy = useShift((state) => state.busy);
  if (on === null) return null;
  return (
    <button
      type="button"
      className="header__button staff-button shift-button"
      data-testid="shift"
      data-name={on.name ?? undefined}
      disabled={busy}
      onClick={() => void leaveShift()}
    >
      <Icon name="handOver" />
      {on.name !== null && <b className="shift-button__name">{on.name}</b>}
      <span>{t('shift.open')}</span>
    </button>
  );
}
