import { type ReactNode } from 'react';
import { useT } from '../../../i18n/i18n.ts';
import { BoundField } from './bound-field.tsx';
import type { Entry } from '../setup-form.ts';
import { StepFrame } from '../step-frame.tsx';

/** The numbers by which WeChat knows the merchant. */
export function IdsStep({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  const partner = entry.fields.mode === 'partner';
  return (
    <StepFrame entry={entry} title={t('setup.ids.title')} lead={t('setup.ids.lead')}>
      <div className="wizard__pair">
        <BoundField
          entry={entry}
          field="mchId"
          keys="digits"
          label={t(partner ? 'setup.ids.partnerMchId' : 'setup.field.mchId')}
          hint={t('setup.ids.mchIdHint')}
          autoFocus
        />
        <BoundField
          entry={entry}
          field="appid"
          label={t(partner ? 'setup.ids.partnerAppid' : 'setup.field.appid')}
          hint={t('setup.ids.appidHint')}
        />
        {partner && <BoundField entry={entry} field="subMchId" keys="digits" hint={t('setup.ids.subMchIdHint')} />}
        {partner && <BoundField entry={entry} field="subAppid" hint={t('setup.ids.subAppidHint')} />}
      </div>
    </StepFrame>
  );
}
