/**
 * The only file that touches `window.kiosk`. Whatever crosses the bridge is parsed by the contract in both directions.
 */
import { z } from 'zod';
import { commonCodes, tillCommands, tillEvents } from '../../shared/ipc.ts';
import type {
  CommandCode,
  CommandInput,
  CommandName,
  CommandOutput,
  CommandReply,
  EventName,
  EventPayload,
  TillEventName,
} from '../../shared/ipc.ts';
import type { KioskBridge } from '../../shared/ipc-channels.ts';

declare global {
  interface Window {
    readonly kiosk: KioskBridge;
  }
}

type Specs = {
  readonly [Name in CommandName]: {
    readonly output: z.ZodType<CommandOutput<Name>>;
    readonly codes: readonly CommandCode<Name>[];
  };
};
type Payloads = { readonly [Name in EventName]: z.ZodType<EventPayload<Name>> };

const tillSpecs: Partial<Specs> = tillCommands;
const payloads: Pick<Payloads, TillEventName> = tillEvents;

/** Everything that the till does not need is loaded when it is first used. Rejects if the file cannot be read. */
async function backOfficeSpecOf<Name extends CommandName>(name: Name): Promise<Specs[Name]> {
  const { backOfficeCommands } = await import('../../shared/contract/back-office.ts');
  const backOfficeSpecs: Partial<Specs> = backOfficeCommands;
  const spec = backOfficeSpecs[name];
  if (spec === undefined) throw new Error('no such command');
  return spec;
}

const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.string(), field: z.string().nullable() }),
]);

/**
 * Asks main to do something. Never throws: an answer that breaks the contract comes back as the code `bug`. The till's
 * commands are sent at once; the back office's commands wait until the page has their contract.
 */
export async function call<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandReply<Name>> {
  try {
    const spec = tillSpecs[name] ?? (await backOfficeSpecOf(name));
    return understood(spec, replySchema.parse(await window.kiosk.invoke(name, input)));
  } catch (error) {
    console.error(`the answer to ${name} is not by the contract`, error);
    return { ok: false, code: 'bug', field: null };
  }
}

function understood<Name extends CommandName>(
  spec: Specs[Name],
  reply: z.infer<typeof replySchema>,
): CommandReply<Name> {
  if (reply.ok) return { ok: true, value: spec.output.parse(reply.value) };
  const codes: readonly CommandCode<Name>[] = [...spec.codes, ...commonCodes];
  const code = codes.find((known) => known === reply.code);
  if (code === undefined) throw new Error(`unknown code ${reply.code}`);
  return { ok: false, code, field: reply.field };
}

/**
 * Listens to an event of the till until the returned function is called. A payload that breaks the contract is dropped
 * and logged.
 */
export const listen = <Name extends TillEventName>(
  name: Name,
  listener: (payload: EventPayload<Name>) => void,
): (() => void) => listenBy(name, payloads[name], listener);

/** The same for an event of the back office; its page gives the schema. */
export function listenBy<Name extends EventName>(
  name: Name,
  schema: z.ZodType<EventPayload<Name>>,
  listener: (payload: EventPayload<Name>) => void,
): () => void {
  return window.kiosk.subscribe(name, (payload) => {
    const parsed = schema.safeParse(payload);
    if (parsed.success) listener(parsed.data);
    else console.error(`the event ${name} is not by the contract`, parsed.error);
  });
}
