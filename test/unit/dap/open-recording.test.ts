import { openForUserAsync } from '../../../adapter/src/api/open';
import { openRecording } from '../../../adapter/src/dap/open-recording';
import type { OpenConfiguration } from '../../../adapter/src/dap/configuration/configuration';
import { Journal } from '../../../adapter/src/dap/journal';
import { Session } from '../../../adapter/src/dap/session';
import type { RecordingTrace } from '../../../adapter/src/trace/recording-trace';
import { memoryTrace } from '../../../adapter/src/trace/memory-trace';

const CONFIGURATION: OpenConfiguration = {
  kind: 'open',
  recording: '/large.xrec',
  stopOnEntry: true,
  step: undefined,
  subProcess: false,
};

/** A session whose recording takes as long to open as the test says. */
function slow(): {
  readonly session: Session;
  readonly events: string[];
  readonly trace: RecordingTrace;
  readonly isClosed: () => boolean;
  readonly arrive: () => void;
  readonly opened: Promise<void>;
} {
  const events: string[] = [];
  const session = new Session({
    event: (name, body) =>
      events.push(name.startsWith('progress') ? `${name} ${JSON.stringify(body)}` : name),
    request: () => Promise.resolve(undefined),
    cancel: () => undefined,
    hangUp: () => undefined,
    log: (text) => events.push(text),
    note: () => undefined,
    journal: new Journal(() => undefined),
  });
  session.progress.isWanted = true;
  let isClosed = false;
  const info = { complete: true } as unknown as ReturnType<RecordingTrace['info']>;
  const trace: RecordingTrace = Object.assign(memoryTrace('call 1 <module>\nline 1'), {
    info: () => info,
    rest: () => undefined,
    close: () => {
      isClosed = true;
    },
  });
  let arrive = (): void => undefined;
  const reading = new Promise<RecordingTrace>((resolve) => {
    arrive = () => resolve(trace);
  });
  const signal = session.beginLaunch(new AbortController().signal);
  const open = (path: string, given: AbortSignal): Promise<RecordingTrace> =>
    openForUserAsync(path, given, () => reading);
  const opened = openRecording(session, CONFIGURATION, signal, open);
  return { session, events, trace, isClosed: () => isClosed, arrive, opened };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a recording that opens slowly shows progress until it is open', async () => {
  const { session, events, trace, arrive, opened } = slow();
  jest.advanceTimersByTime(499);
  expect(events).toEqual([]);
  jest.advanceTimersByTime(1);
  const begun = { progressId: 'execorder-1', title: 'Opening /large.xrec', cancellable: true };
  expect(events).toEqual([`progressStart ${JSON.stringify(begun)}`]);
  arrive();
  await opened;

  expect(events.at(1)).toBe('progressEnd {"progressId":"execorder-1"}');
  expect(session.timeline.trace).toBe(trace);
});

test('opening can be given up, and what is open too late is closed', async () => {
  const { session, events, isClosed, arrive, opened } = slow();
  jest.advanceTimersByTime(500);
  session.progress.cancel('execorder-1');

  await expect(opened).rejects.toThrow('Opening /large.xrec was given up.');
  expect(events.at(1)).toBe('progressEnd {"progressId":"execorder-1"}');
  expect(session.hasTimeline).toBe(false);
  arrive();
  await Promise.resolve();
  await Promise.resolve();
  expect(isClosed()).toBe(true);
});
