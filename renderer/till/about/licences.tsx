import { useEffect, useState, type ReactNode } from 'react';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { useT } from '../../i18n/i18n.ts';
import './licences.css';

/** Made when the app is bundled (build/bundle/third-party.ts), beside the page. */
const THIRD_PARTY = './third-party.txt';

/** The licences of the packages in the app, as their authors wrote them. Fetched when somebody asks. */
export function Licences(): ReactNode {
  const t = useT();
  const [text, setText] = useState<Fetched | null>(null);
  useEffect(() => {
    let wanted = true;
    const show = (next: Fetched): void => {
      if (wanted) setText(next);
    };
    fetched().then(show, () => show(MISSING));
    return () => {
      wanted = false;
    };
  }, []);
  if (text === null) return <p role="status">{t('licences.coming')}</p>;
  if (!text.ok) return <p role="alert">{t('licences.missing')}</p>;
  return (
    <pre
      className="licences"
      lang="en"
      tabIndex={0}
      aria-label={t('licences.open')}
      data-small-print
      data-testid="licences-text"
    >
      {text.value}
    </pre>
  );
}

type Fetched = Result<string, 'missing'>;
const MISSING: Fetched = fail('missing');

async function fetched(): Promise<Fetched> {
  const answer = await fetch(THIRD_PARTY);
  return answer.ok ? ok(await answer.text()) : MISSING;
}
