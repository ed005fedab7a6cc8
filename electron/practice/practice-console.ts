/**
 * Control of a practice gateway that runs on its own: one command per line in, one JSON object per line out. For
 * trainers at a terminal and for scripts.
 */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fail, ok, type Result } from '../../shared/result.ts';
import { scenarioSchema } from '../../shared/practice/scenarios.ts';
import { parseJson } from '../base/json.ts';
import type { PracticeGateway } from './gateway-server.ts';
import { readSeed } from './ledger-order.ts';

/** The result of a command: the object's fields, or what was wrong with the line. */
type Said = Result<object, string>;

type Command = (argument: string) => Promise<Said> | Said;

/** Answers until `quit` or the end of `input`. Closes neither the gateway nor the streams. */
export async function runConsole(gateway: PracticeGateway, input: Readable, output: Writable): Promise<void> {
  const commands = commandsOf(gateway);
  const lines = createInterface({ input, crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      const text = line.trim();
      if (text === '') continue;
      const [name = '', argument = ''] = splitOnce(text);
      const reply = name === 'quit' ? quit(argument) : await run(commands, name, argument);
      output.write(`${JSON.stringify(reply.ok ? { ok: true, ...reply.value } : { ok: false, error: reply.error })}\n`);
      if (name === 'quit' && reply.ok) return;
    }
  } finally {
    lines.close();
  }
}

function commandsOf(gateway: PracticeGateway): ReadonlyMap<string, Command> {
  const { ledger } = gateway;
  return new Map<string, Command>([
    [
      'scenario',
      async (argument) => {
        if (argument === '') return ok({ scenario: gateway.scenario });
        const name = scenarioSchema.safeParse(argument);
        if (!name.success) return fail(`no scenario "${argument}"; there are: ${scenarioSchema.options.join(', ')}`);
        await gateway.setScenario(name.data);
        return ok({ scenario: name.data });
      },
    ],
    ['ledger', withoutArgument(() => ok({ orders: ledger.orders(), violations: ledger.violations }))],
    [
      'order',
      (argument) => {
        if (argument === '') return fail('order: say which, as in: order OUT_TRADE_NO');
        const order = ledger.get(argument);
        return order === undefined
          ? fail(`no order "${argument}" in the ledger`)
          : ok({ order, verdict: ledger.verdict(argument), back: ledger.moneyBack(argument) });
      },
    ],
    ['seed', (argument) => seed(gateway, argument)],
    ['requests', withoutArgument(() => ok({ requests: gateway.requests }))],
  ]);
}

async function run(commands: ReadonlyMap<string, Command>, name: string, argument: string): Promise<Said> {
  const command = commands.get(name);
  return command === undefined
    ? fail(`no command "${name}"; there are: ${[...commands.keys(), 'quit'].join(', ')}`)
    : command(argument);
}

function seed(gateway: PracticeGateway, argument: string): Said {
  const given = parseJson(argument);
  if (given === undefined) return fail('seed: this is no JSON');
  const checked = readSeed(given);
  return checked.ok
    ? ok({ order: gateway.ledger.seed(checked.value, gateway.merchant) })
    : fail(`seed: ${checked.error}`);
}

const withoutArgument =
  (act: () => Said): Command =>
  (argument) =>
    argument === '' ? act() : fail(`"${argument}": this command takes nothing behind it`);

const quit = (argument: string): Said =>
  argument === '' ? ok({ bye: true }) : fail(`"${argument}": quit takes nothing behind it`);

/** At the first blank. The rest belongs to the command, including its blanks. */
function splitOnce(text: string): readonly string[] {
  const match = /^(\S+)(?:\s+([\s\S]*))?$/.exec(text);
  return match === null ? [] : [match[1] ?? '', match[2] ?? ''];
}
