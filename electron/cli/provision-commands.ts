/** `facepay provision make` and `facepay provision apply`: the file that sets a terminal up. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import type { SetupOutcome } from '../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createProvisionService } from '../app/setup/provision-service.ts';
import { provisionText } from '../app/setup/provision-maker.ts';
import { fleetKeyIn } from '../app/setup/provision-sources.ts';
import { runTerminal } from '../app/core/running-terminal.ts';
import { setupPins } from '../app/setup/setup-pins.ts';
import { NO_KEY_STORE } from '../app/settings/settings-store.ts';
import { fileLog } from '../base/log.ts';
import { fileTroubleOf } from '../base/safe-file.ts';
import { openServices } from '../app/open-services.ts';
import type { Command } from './arguments.ts';
import { problem, storeOf, type Terminal } from './commands.ts';
import { EXIT, type ExitCode } from './output.ts';
import { atTerminal } from './session.ts';

type Of<Act> = Extract<Command, { name: 'provision'; act: Act }>;

/** `passphrase`: FACEPAY_PROVISION_PASSPHRASE. Others could read it on the command line. */
export function provision(
  terminal: Terminal,
  command: Extract<Command, { name: 'provision' }>,
  passphrase: string,
): Promise<ExitCode> | ExitCode {
  return command.act === 'make' ? make(terminal, command, passphrase) : apply(terminal, command, passphrase);
}

function make(
  { clock, output }: Terminal,
  { from, out, terminal, device, key }: Of<'make'>,
  passphrase: string,
): ExitCode {
  const order = { merchantFile: from, terminalFile: terminal, keyFile: key, deviceId: device, passphrase };
  const text = provisionText(order, clock.read().wallMs);
  const made = text.ok ? newFile(out, text.value) : text;
  if (!made.ok) {
    output.problems(made.error);
    return EXIT.badInput;
  }
  const how =
    key === null
      ? 'encrypted; whoever applies it needs the passphrase'
      : 'signed, not encrypted: whoever has it can read the keys in it';
  output.say(`Made ${out} (${how}${device === null ? '' : `; for ${device} only`}).`, {
    type: 'provision-made',
    file: out,
    sealed: key === null ? 'passphrase' : 'signature',
    deviceId: device,
  });
  return EXIT.cancelled;
}

/** A new file, for this user only. */
function newFile(path: string, text: string): Result<null, { field: string; code: string }[]> {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, text);
    fsyncSync(file);
    closeSync(file);
    return ok(null);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const known = code === 'EEXIST' ? 'file-exists' : code === 'ENOENT' ? 'folder-not-found' : fileTroubleOf(error);
    if (known === null) throw error;
    return fail([{ field: '--out', code: known }]);
  }
}

/** How long it waits for a call in flight when it closes the terminal. */
const CLOSE_WITHIN_MS = 2_000;

async function apply(terminal: Terminal, { file, acceptWeak }: Of<'apply'>, passphrase: string): Promise<ExitCode> {
  const { profile, clock } = terminal;
  const store = storeOf(terminal);
  const log = fileLog(profile.logs, 'facepay-command');
  const quiet = { onChange: () => undefined, onStage: () => undefined, onNotice: () => undefined };
  const running = runTerminal({
    open: () => openServices({ profile, store, clock, log, ...quiet }),
    begin: () => undefined,
    closeWithinMs: CLOSE_WITHIN_MS,
    clock,
    log,
  });
  const service = createProvisionService({
    profile,
    store,
    clock,
    log,
    box: NO_KEY_STORE,
    passphraseGiven: terminal.passphrase !== '',
    running,
    pins: setupPins(profile),
    sources: () => Promise.resolve([]),
    fleetKeyPem: () => fleetKeyIn([profile.folder]),
    hostName: hostname(),
  });
  try {
    const applied = await service.applyFile(file, passphrase, acceptWeak, atTerminal());
    const now = store.settings();
    // The settings make it impossible to tell which orders are under way. So the settings must be corrected first.
    if (!applied.ok && applied.error === 'orders-unknown' && !now.ok)
      return problem(terminal, profile.settings, now.error);
    if (!applied.ok)
      return problem(
        terminal,
        applied.error === 'pin-first' || applied.error === 'not-saved'
          ? profile.folder
          : `journal in ${profile.folder}`,
        applied.error,
      );
    return outcomeOf(terminal, file, applied.value);
  } finally {
    await running.close();
  }
}

/** Reports the result for `file`. */
function outcomeOf(terminal: Terminal, file: string, outcome: SetupOutcome): ExitCode {
  const { output } = terminal;
  switch (outcome.outcome) {
    case 'refused':
      output.problems(outcome.problems.map(({ field, code }) => ({ field: field === 'file' ? file : field, code })));
      return EXIT.badInput;
    case 'put-back':
      return problem(terminal, outcome.part, 'put-back');
    case 'applied': {
      const { fields, environment } = outcome.state;
      const wiped =
        outcome.file === 'wiped'
          ? 'The file was wiped.'
          : 'The file could not be removed: remove it yourself, it holds keys.';
      const asked =
        outcome.probe === 'answered' ? 'WeChat accepts it.' : 'WeChat could not be asked; the first call will show.';
      output.say(
        `Set up for merchant ${fields.mchId} (${environment}). ${asked} ${wiped} An app that is open now uses it after its next start.`,
        {
          type: 'set-up',
          mchId: fields.mchId,
          environment,
          probe: outcome.probe,
          file: outcome.file,
        },
      );
      return EXIT.cancelled;
    }
  }
}
