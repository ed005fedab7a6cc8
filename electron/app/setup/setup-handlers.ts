import type { SetupCommandName } from '../../../shared/contract/setup.ts';
import type { NoServicesHandler, Handlers } from '../core/handler.ts';

/** The handlers of the set-up commands. They also work if the terminal could not be opened. */
export type SetupService = { readonly [Name in SetupCommandName]: NoServicesHandler<Name>['withoutServices'] };

/** `service` is null where terminals are not set up: then calling these commands is a bug. */
export function setupHandlers(service: SetupService | null): Pick<Handlers, SetupCommandName> {
  const at = <Name extends SetupCommandName>(name: Name): NoServicesHandler<Name> => ({
    withoutServices: (input, caller) => {
      if (service === null) throw new Error(`no set-up service for ${name}`);
      return service[name](input, caller);
    },
  });
  return {
    'setup.state': at('setup.state'),
    'setup.begin': at('setup.begin'),
    'setup.discard': at('setup.discard'),
    'setup.pick-certificate': at('setup.pick-certificate'),
    'setup.pick-key-file': at('setup.pick-key-file'),
    'setup.pick-authority': at('setup.pick-authority'),
    'setup.set-passphrase': at('setup.set-passphrase'),
    'setup.set-api-key': at('setup.set-api-key'),
    'setup.set-support-passphrase': at('setup.set-support-passphrase'),
    'setup.set-proxy-password': at('setup.set-proxy-password'),
    'setup.check': at('setup.check'),
    'setup.apply': at('setup.apply'),
    'setup.go-back': at('setup.go-back'),
    'setup.find-provision': at('setup.find-provision'),
    'setup.pick-provision': at('setup.pick-provision'),
    'setup.apply-provision': at('setup.apply-provision'),
  };
}
