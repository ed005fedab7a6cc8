import { type ReactNode } from 'react';
import { useT } from '../../../i18n/i18n.ts';
import { ChoiceCards } from '../../../components/form/choice-cards.tsx';
import { changeEntry } from '../setup-commands.ts';
import { withFields, type Entry } from '../setup-form.ts';
import { StepFrame } from '../step-frame.tsx';

/** Whose merchant number gets the money: the shop's own, or one below a service provider's. */
export function ModeStep({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  return (
    <StepFrame entry={entry} title={t('setup.mode.title')} lead={t('setup.mode.lead')}>
      <ChoiceCards
        legend={t('setup.field.mode')}
        testId="setup-mode"
        autoFocus
        chosen={entry.fields.mode}
        choices={[
          { value: 'merchant', title: t('setup.mode.merchant'), why: t('setup.mode.merchantWhy') },
          { value: 'partner', title: t('setup.mode.partner'), why: t('setup.mode.partnerWhy') },
        ]}
        onChoose={(mode) => changeEntry((now) => withFields(now, { mode }))}
      />
    </StepFrame>
  );
}
