/** The terminal command: the same services as the app, for support staff, scripts and CI. Runs on plain Node. */
import { redactText } from './base/redact.ts';
import { facepay, type Surroundings } from './cli/main.ts';
import { EXIT } from './cli/output.ts';
import { toldToEnd } from './cli/told-to-end.ts';
import { actAsOwnerOf } from './cli/whose-profile.ts';

const print =
  (stream: NodeJS.WriteStream) =>
  (line: string): void => {
    stream.write(`${line}\n`);
  };

const around: Surroundings = {
  env: process.env,
  streams: { out: print(process.stdout), err: print(process.stderr) },
  // Opened only by a command that reads it.
  get input() {
    return process.stdin;
  },
  prompt: process.stderr,
  control: process.stdout,
  toldToEnd,
  actAsOwnerOf,
};

facepay(process.argv.slice(2), around).then(
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
