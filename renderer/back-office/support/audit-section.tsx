import { useState, type ReactNode } from 'react';
import type { AuditReport } from '../../../shared/contract/exports.ts';
import { hasWords, useT, type KeysOf, type Translate, type Words } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { Section } from './section.tsx';

/** Nobody would read more here; the export has all of them. */
const SHOWN_MAX = 8;

export function AuditSection(): ReactNode {
  const t = useT();
  const [trail, setTrail] = useState<AuditReport | null>(null);
  const [file, setFile] = useState<{ readonly name: string; readonly count: number } | null>(null);
  const verify = useCommand('audit.verify');
  const take = useCommand('audit.export');
  const onVerify = async (): Promise<void> => {
    setFile(null);
    setTrail((await verify.give({}))?.value ?? null);
  };
  const onExport = async (): Promise<void> => {
    const saved = (await take.give({}))?.value ?? null;
    setFile(saved === null ? null : { name: saved.fileName, count: saved.count ?? 0 });
  };
  const busy = verify.busy || take.busy;
  return (
    <Section
      title={t('support.audit')}
      what={t('support.auditWhat')}
      refusal={verify.refusal ?? take.refusal}
      status={
        busy
          ? t('support.verifying')
          : file === null
            ? null
            : t('support.savedCount', { file: file.name, count: file.count })
      }
      testId="audit"
    >
      <Button
        look="strong"
        icon="circleCheck"
        label={t('support.verify')}
        busy={busy}
        testId="audit-verify"
        onPress={() => void onVerify()}
      />
      <Button
        icon="disk"
        label={t('support.exportAudit')}
        busy={busy}
        testId="audit-export"
        onPress={() => void onExport()}
      />
      {trail !== null && <Verdict trail={trail} />}
    </Section>
  );
}

function Verdict({ trail: { entries, findings } }: { readonly trail: AuditReport }): ReactNode {
  const t = useT();
  if (findings.length === 0) {
    return (
      <p className="support__verdict" data-tone="clear" data-testid="audit-intact">
        {t('support.intact', { count: entries })}
      </p>
    );
  }
  return (
    <div className="support__verdict" data-tone="alarm" role="alert" data-testid="audit-tampered">
      <p>{t('support.tampered', { count: findings.length })}</p>
      <ul>
        {findings.slice(0, SHOWN_MAX).map((found, index) => (
          <li key={index}>{findingWords(t, found)}</li>
        ))}
      </ul>
    </div>
  );
}

const FINDING_KEYS = {
  edited: 'support.finding.edited',
  missing: 'support.finding.missing',
  inserted: 'support.finding.inserted',
  swapped: 'support.finding.swapped',
  'earlier-edited': 'support.finding.earlier-edited',
  'cut-tail': 'support.finding.cut-tail',
  'head-missing': 'support.finding.head-missing',
  'head-forged': 'support.finding.head-forged',
  'mac-missing': 'support.finding.mac-missing',
  'key-changed': 'support.finding.key-changed',
  'no-key': 'support.finding.no-key',
  'set-aside': 'support.finding.set-aside',
  'order-edited': 'support.finding.order-edited',
  'schema-changed': 'support.finding.schema-changed',
  damaged: 'support.finding.damaged',
  'journal-missing': 'support.finding.journal-missing',
} as const satisfies KeysOf<'support.finding', keyof Words['support']['finding']>;

function findingWords(t: Translate, { kind, seq, about }: AuditReport['findings'][number]): string {
  const what = hasWords(FINDING_KEYS, kind) ? t(FINDING_KEYS[kind]) : kind;
  return [seq === null ? null : t('support.entry', { seq: String(seq) }), what, about]
    .filter((part) => part !== null)
    .join(' · ');
}
