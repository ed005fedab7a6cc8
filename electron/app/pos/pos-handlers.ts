/** A technician's commands for the local API. */
import type { Result } from '../../../shared/result.ts';
import type { PosStatus } from '../../../shared/contract/pos.ts';
import { ok } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Act } from '../../orders/machine/event.ts';
import type { Services } from '../core/services.ts';
import type { Handlers } from '../core/handler.ts';

type PosHandlers = Pick<Handlers, 'pos.status' | 'pos.switch' | 'pos.renew-token' | 'pos.revoke-token'>;

export const posHandlers: PosHandlers = {
  'pos.status': ({ pos }) => ok(pos.status()),
  'pos.switch': async (services, choice, caller) => {
    const about = choice.enabled ? `on, port ${String(choice.port)}` : 'off';
    return noted(services, caller, 'pos-api-switched', about, await services.pos.switchTo(choice));
  },
  'pos.renew-token': (services, _input, caller) => {
    const renewed = services.pos.renewToken();
    return noted(services, caller, 'pos-token-made', idOf(services.pos.status()), renewed);
  },
  'pos.revoke-token': (services, _input, caller) => {
    const before = idOf(services.pos.status());
    return noted(services, caller, 'pos-token-revoked', before, services.pos.revokeToken());
  },
};

const idOf = ({ token }: PosStatus): string | null => (token === null ? null : `token ${token.id}`);

function noted<Value>(
  { audit }: Services,
  caller: Caller,
  act: Act,
  about: string | null,
  done: Result<Value, 'not-saved'>,
): Result<Value, 'not-saved'> {
  audit.note(caller, act, done.ok ? 'ok' : done.error, about);
  return done;
}
