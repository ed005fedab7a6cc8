/** The self-test's commands. They also work if the terminal could not be opened: that is when they are needed most. */
import type { CommandCode } from '../../../shared/ipc.ts';
import type { Result } from '../../../shared/result.ts';
import type { CheckId, ScreenFacts, SelfTestReport } from '../../../shared/self-test/self-test.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Handlers } from '../core/handler.ts';

export interface SelfTestService {
  run(screen: ScreenFacts, caller: Caller): Promise<Result<SelfTestReport, 'already-running'>>;
  last(): SelfTestReport | null;
  /** The checks that fail now, from a separate run that is neither shown nor kept. */
  fails(): Promise<readonly CheckId[]>;
  /** The last report, with the screen's lines checked again. */
  rescreen(screen: ScreenFacts): Result<SelfTestReport, 'already-running' | 'no-report'>;
  /** The name of the file that was written; `null` for the printer. */
  print(onto: 'printer' | 'pdf'): Promise<Result<string | null, CommandCode<'self-test.print'>>>;
}

export const selfTestHandlers = (
  service: SelfTestService,
): Pick<Handlers, 'self-test.run' | 'self-test.last' | 'self-test.screen' | 'self-test.print'> => ({
  'self-test.run': { withoutServices: ({ screen }, caller) => service.run(screen, caller) },
  'self-test.last': { withoutServices: () => ({ ok: true, value: service.last() }) },
  'self-test.screen': { withoutServices: ({ screen }) => service.rescreen(screen) },
  'self-test.print': { withoutServices: ({ onto }) => service.print(onto) },
});
