import type { ReactNode } from 'react';
import type { PinRole } from '../../../shared/contract/staff.ts';
import { ROLE_KEYS } from '../../i18n/code-keys.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Icon, roleIcons } from '../../components/icon.tsx';
import { setPinOf, useStaff } from '../../state/staff.ts';

export interface PinCardProps {
  readonly role: PinRole;
}

/** The state of a role's PIN, and what may be done about it here. */
export function PinCard({ role }: PinCardProps): ReactNode {
  const t = useT();
  const pin = useStaff((state) => state.view?.pins[role] ?? null);
  if (pin === null) return null;
  const act = pin.maySet === 'with-current' ? 'staff.changePin' : pin.set ? 'staff.resetPin' : 'staff.setPin';
  return (
    <div className="pin-card" data-testid={`pin-card-${role}`} data-set={pin.set}>
      <p className="pin-card__role">
        <Icon name={roleIcons[role]} />
        {t(ROLE_KEYS[role])}
      </p>
      <p className="pin-card__state">
        {t(pin.lockedForMs > 0 ? 'staff.pinLocked' : pin.set ? 'staff.pinSet' : 'staff.pinNotSet')}
      </p>
      {pin.maySet !== 'no' && <Button label={t(act)} testId={`set-pin-${role}`} onPress={() => setPinOf(role)} />}
      {act === 'staff.resetPin' && <p className="pin-card__note">{t('staff.resetNote')}</p>}
    </div>
  );
}
