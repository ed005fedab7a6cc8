import { type ReactNode } from 'react';
import { useT } from '../../../i18n/i18n.ts';
import { ChoiceCards } from '../../../components/form/choice-cards.tsx';
import { BoundField } from './bound-field.tsx';
import { changeEntry } from '../setup-commands.ts';
import { withFields, type Entry } from '../setup-form.ts';
import { StepFrame } from '../step-frame.tsx';

/** Which till this is, in which shop, and what language its people read. */
export function TerminalStep({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  return (
    <StepFrame entry={entry} title={t('setup.terminal.title')} lead={t('setup.terminal.lead')}>
      <BoundField entry={entry} field="storeName" keys="any" hint={t('setup.terminal.storeNameHint')} autoFocus />
      <div className="wizard__pair">
        <BoundField entry={entry} field="storeId" hint={t('setup.terminal.storeIdHint')} />
        <BoundField entry={entry} field="deviceId" hint={t('setup.terminal.deviceIdHint')} />
      </div>
      <ChoiceCards
        legend={t('setup.field.language')}
        testId="setup-language"
        chosen={entry.fields.language}
        choices={[
          { value: 'zh-CN', title: '中文' },
          { value: 'en', title: 'English' },
        ]}
        onChoose={(language) => changeEntry((now) => withFields(now, { language }))}
      />
    </StepFrame>
  );
}
