/** The terminal command from its arguments to its exit code. Everything around the process is a parameter. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { profileIn } from '../app/settings/profile.ts';
import { systemClock } from '../base/clock.ts';
import { accept } from './accept-command.ts';
import { readCommandLine, type Command } from './arguments.ts';
import { audit } from './audit-commands.ts';
import { reconcileBill } from './bill-commands.ts';
import { cancel, init, orders, query, resume, settle, type Terminal } from './commands.ts';
import { doctor } from './doctor.ts';
import { diagnostics, exportOrders } from './export-commands.ts';
import { HELP, HELP_OF_INIT } from './help.ts';
import { createOutput, EXIT, type ExitCode, type Streams } from './output.ts';
import { pay } from './pay-command.ts';
import { refund } from './refund-command.ts';
import { resetPin } from './pin-commands.ts';
import { demo, practice } from './practice-commands.ts';
import { provision } from './provision-commands.ts';
import { thisCommand } from './this-command.ts';
import { signUpdate } from './update-commands.ts';
import { profileFolderOf } from './whose-profile.ts';

/** What the process that runs the command gives it. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly streams: Streams;
  /** Where a new PIN is typed, and where the practice gateway gets its commands. */
  readonly input: Readable & { readonly isTTY?: boolean };
  /** Where a new PIN is asked for. */
  readonly prompt: Writable;
  /** Where the practice gateway writes its answers. */
  readonly control: Writable;
  /** Resolves once the process is asked to end. Called only by a command that would not end by itself. */
  readonly toldToEnd: () => Promise<void>;
  /** Called before the first look at the profile in this folder: an administrator goes on as its owner. */
  readonly actAsOwnerOf: (folder: string) => void;
}

/** Runs `facepay ARGS`. Resolves with the exit code; rejects only for a bug. */
export async function facepay(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  const clock = systemClock();
  const line = readCommandLine(args, clock.read().wallMs);
  if (!line.ok) {
    createOutput(around.streams, args.includes('--json')).problems(line.error);
    return EXIT.badInput;
  }
  const { command, json, profile } = line.value;
  const { env } = around;
  const place = { env, home: homedir(), platform: process.platform, isThere: existsSync };
  const folder = profile ?? profileFolderOf(place);
  if (!WITHOUT_PROFILE.includes(command.name)) around.actAsOwnerOf(folder);
  const terminal: Terminal = {
    profile: profileIn(folder),
    passphrase: around.env['FACEPAY_PASSPHRASE'] ?? '',
    clock,
    output: createOutput(around.streams, json),
  };
  return run(command, terminal, around);
}

/** These touch no profile, so that whoever runs them keeps their own rights. */
const WITHOUT_PROFILE: readonly Command['name'][] = ['help', 'version', 'practice', 'demo', 'update'];

function run(command: Command, terminal: Terminal, around: Surroundings): Promise<ExitCode> | ExitCode {
  switch (command.name) {
    case 'init':
      return init(terminal, command);
    case 'cancel':
      return cancel(terminal, command);
    case 'pay':
      return pay(terminal, command, { input: around.input, prompt: around.prompt });
    case 'accept':
      return accept(terminal, command, { input: around.input, prompt: around.prompt });
    case 'query':
      return query(terminal, command);
    case 'settle':
      return settle(terminal, command);
    case 'refund':
      return refund(terminal, command);
    case 'orders':
      return orders(terminal, command);
    case 'resume':
      return resume(terminal, command);
    case 'practice':
      return practice(command, terminal.clock, terminal.output, {
        input: around.input,
        control: around.control,
        untilToldToEnd: around.toldToEnd(),
      });
    case 'audit':
      return audit(terminal, command);
    case 'provision':
      return provision(terminal, command, around.env['FACEPAY_PROVISION_PASSPHRASE'] ?? '');
    case 'pin':
      return resetPin(terminal, command, { input: around.input, prompt: around.prompt });
    case 'export':
      return exportOrders(terminal, command);
    case 'diagnostics':
      return diagnostics(terminal, command);
    case 'reconcile':
      return reconcileBill(terminal, command);
    case 'update':
      return signUpdate(terminal, command);
    case 'version': {
      const { version, commit } = thisCommand;
      terminal.output.say(
        `facepay ${version}, ${commit === null ? 'run from its sources' : `commit ${commit}`}, Node ${process.version}`,
        {
          type: 'version',
          version,
          commit,
          node: process.version,
        },
      );
      return EXIT.cancelled;
    }
    case 'doctor':
      return doctor(terminal);
    case 'demo':
      return demo(terminal.clock, terminal.output, around.toldToEnd());
    case 'help': {
      const text = command.about === 'init' ? HELP_OF_INIT : HELP;
      terminal.output.say(text, { type: 'help', text });
      return EXIT.cancelled;
    }
  }
}
