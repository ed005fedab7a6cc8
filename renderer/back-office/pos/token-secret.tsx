import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';

export interface TokenSecretProps {
  readonly secret: string;
  readonly onDone: () => void;
}

/** A token that has just been made, while it is on the screen. */
export function TokenSecret({ secret, onDone }: TokenSecretProps): ReactNode {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const copy = (): void => {
    field.current?.focus();
    field.current?.select();
    // The Clipboard API asks for a permission, and this app grants none. Copying on a button press needs no permission.
    // oxlint-disable-next-line typescript/no-deprecated -- the one way that needs no permission
    setCopied(document.execCommand('copy'));
  };
  return (
    <div ref={box} className="pos__secret" data-tone="wait">
      <b>{t('pos.secretTitle')}</b>
      <input
        ref={field}
        className="pos__input pos__input--secret"
        data-testid="pos-secret"
        aria-label={t('pos.secretTitle')}
        readOnly
        spellCheck={false}
        value={secret}
        onFocus={(event) => event.target.select()}
      />
      <span className="pos__hint">{t('pos.secretHint')}</span>
      <div className="pos__row">
        <Button look="strong" label={t(copied ? 'pos.copied' : 'pos.copy')} testId="pos-copy" onPress={copy} />
        <Button label={t('pos.done')} testId="pos-done" onPress={onDone} />
      </div>
    </div>
  );
}
