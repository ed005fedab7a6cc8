/** The terminal command: the same services as the app, for support staff, scripts and CI. Runs on plain Node. */
import { homedir } from 'node:os';
import { defaultProfileFolder, profileIn } from './app/settings/profile.ts';
import { systemClock } from './base/clock.ts';
import { redactText } from './base/redact.ts';
import { readCommandLine, type Command } from './cli/arguments.ts';
import { audit } from './cli/audit-commands.ts';
import { cancel, init, orders, query, resume, settle, type Terminal } from './cli/commands.ts';
import { diagnostics, exportOrders } from './cli/export-commands.ts';
import { doctor } from './cli/doctor.ts';
import { HELP } from './cli/help.ts';
import { createOutput, EXIT, type ExitCode } from './cli/output.ts';
import { resetPin } from './cli/pin-commands.ts';
import { reconcileBill } from './cli/bill-commands.ts';
import { demo, practice } from './cli/practice-commands.ts';
import { provision } from './cli/provision-commands.ts';
import { signUpdate } from './cli/update-commands.ts';

async function main(args: readonly string[]): Promise<ExitCode> {
  const clock = systemClock();
  const streams = { out: print(process.stdout), err: print(process.stderr) };
  const line = readCommandLine(args, clock.read().wallMs);
  if (!line.ok) {
    createOutput(streams, args.includes('--json')).problems(line.error);
    return EXIT.badInput;
  }
  const { command, json, profile } = line.value;
  const terminal: Terminal = {
    profile: profileIn(profile ?? defaultProfileFolder(process.env, homedir())),
    passphrase: process.env['FACEPAY_PASSPHRASE'] ?? '',
    clock,
    output: createOutput(streams, json),
  };
  return run(command, terminal);
}

function run(command: Command, terminal: Terminal): Promise<ExitCode> | ExitCode {
  switch (command.name) {
    case 'init':
      return init(terminal, command);
    case 'cancel':
      return cancel(terminal, command);
    case 'query':
      return query(terminal, command);
    case 'settle':
      return settle(terminal, command);
    case 'orders':
      return orders(terminal, command);
    case 'resume':
      return resume(terminal, command);
    case 'practice':
      return practice(command, terminal.clock, terminal.output, {
        input: process.stdin,
        control: process.stdout,
        untilToldToEnd: toldToEnd(),
      });
    case 'audit':
      return audit(terminal, command);
    case 'provision':
      return provision(terminal, command, process.env['FACEPAY_PROVISION_PASSPHRASE'] ?? '');
    case 'pin':
      return resetPin(terminal, command, { input: process.stdin, prompt: process.stderr });
    case 'export':
      return exportOrders(terminal, command);
    case 'diagnostics':
      return diagnostics(terminal, command);
    case 'reconcile':
      return reconcileBill(terminal, command);
    case 'update':
      return signUpdate(terminal, command);
    case 'doctor':
      return doctor(terminal);
    case 'demo':
      return demo(terminal.clock, terminal.output);
    case 'help':
      terminal.output.say(HELP, { type: 'help', text: HELP });
      return EXIT.cancelled;
  }
}

const print =
  (stream: NodeJS.WriteStream) =>
  (line: string): void => {
    stream.write(`${line}\n`);
  };

const toldToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    process.stderr.write(
      `A bug in FacePay Kiosk: ${redactText(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
    );
    process.exitCode = EXIT.bug;
  },
);
