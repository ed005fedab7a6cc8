import { useState, type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { Section } from './section.tsx';

export function DiagnosticsSection(): ReactNode {
  const t = useT();
  const [file, setFile] = useState<string | null>(null);
  const { busy, refusal, give } = useCommand('export.diagnostics');
  const save = async (): Promise<void> => {
    setFile(null);
    const saved = await give({});
    setFile(saved?.value?.fileName ?? null);
  };
  const status = busy ? t('support.savingDiagnostics') : file === null ? null : t('support.saved', { file });
  return (
    <Section
      title={t('support.diagnostics')}
      what={t('support.diagnosticsWhat')}
      refusal={refusal}
      status={status}
      testId="diagnostics"
    >
      <Button
        look="strong"
        icon="disk"
        label={t('support.saveDiagnostics')}
        busy={busy}
        testId="save-diagnostics"
        onPress={() => void save()}
      />
    </Section>
  );
}
