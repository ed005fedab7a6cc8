/** The self-test as it runs. It outlives its page: set-up starts it, and leaving the page does not end it. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import {
  selfTestLineSchema,
  withLines,
  type SelfTestLine,
  type SelfTestReport,
} from '../../../shared/self-test/self-test.ts';
import { call, listenBy } from '../../bridge/api.ts';
import { act } from '../../state/actions.ts';
import { kiosk } from '../../state/store.ts';
import { screenFacts } from './screen-facts.ts';

export interface SelfTestRun {
  /** The last report; `null` if there is none, or main has not answered yet. */
  readonly report: SelfTestReport | null;
  /** The lines so far of the run that is under way; `null` while none is. */
  readonly underWay: readonly SelfTestLine[] | null;
}

export const selfTest = createStore<SelfTestRun>(() => ({ report: null, underWay: null }));
export const useSelfTest = <Part>(select: (run: SelfTestRun) => Part): Part => useStore(selfTest, select);

/** Runs it; a second request while it runs does nothing. */
export async function runSelfTest(): Promise<void> {
  if (selfTest.getState().underWay !== null) return;
  selfTest.setState({ underWay: [] });
  const stop = listenBy('self-test.line', selfTestLineSchema, (line) =>
    selfTest.setState(({ underWay }) => ({ underWay: withLines(underWay ?? [], [line]) })),
  );
  const done = await act('self-test.run', { screen: screenFacts(null) }, 'back-office');
  stop();
  selfTest.setState({ underWay: null, ...(done === null ? {} : { report: done.value }) });
}

/** The four corners were tried: main judges the screen's own lines again. */
export async function judgeScreen(corners: number): Promise<void> {
  const done = await act('self-test.screen', { screen: screenFacts(corners) }, 'back-office');
  if (done !== null) selfTest.setState({ report: done.value });
}

/** Reads the last report again. */
export async function readLastReport(): Promise<void> {
  const last = await call('self-test.last', {});
  if (last.ok) selfTest.setState({ report: last.value });
  else kiosk.setState({ problem: { place: 'back-office', code: last.code, field: last.field } });
}
