import { useCallback, useRef, useState } from 'react';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/ipc.ts';
import { call } from './api.ts';

export interface Refusal {
  readonly code: string;
  readonly field: string | null;
}

export interface Command<Name extends CommandName> {
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  /** `null` if it was refused, or if it is running already. */
  readonly give: (input: CommandInput<Name>) => Promise<{ readonly value: CommandOutput<Name> } | null>;
}

/** One command with its wait, and its refusal shown beside its button. It never runs twice at the same time. */
export function useCommand<Name extends CommandName>(name: Name): Command<Name> {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const underWay = useRef(false);
  const give = useCallback(
    async (input: CommandInput<Name>) => {
      if (underWay.current) return null;
      underWay.current = true;
      setBusy(true);
      setRefusal(null);
      const reply = await call(name, input);
      underWay.current = false;
      setBusy(false);
      if (reply.ok) return { value: reply.value };
      setRefusal({ code: reply.code, field: reply.field });
      return null;
    },
    [name],
  );
  return { busy, refusal, give };
}
