import { commands, debug, Disposable } from 'vscode';
import { DEBUG_TYPE } from './configuration';

/** VS Code has these moves as buttons only: no entry in the palette or a menu, and no keys. */
const BUTTONS = {
  'execorder.stepBack': 'workbench.action.debug.stepBack',
  'execorder.reverseContinue': 'workbench.action.debug.reverseContinue',
};

/** The protocol has no such moves: the adapter's own requests. */
const REQUESTS = {
  'execorder.stepBackInto': 'execorder/reverseStepIn',
  'execorder.stepBackOut': 'execorder/reverseStepOut',
};

/** Makes the moves into the past available to the palette, to menus and to keys. */
export function reverseCommands(): Disposable {
  return Disposable.from(
    ...Object.entries(BUTTONS).map(([command, button]) =>
      commands.registerCommand(command, () => commands.executeCommand(button)),
    ),
    ...Object.entries(REQUESTS).map(([command, request]) =>
      commands.registerCommand(command, () => moveFocusedThread(request)),
    ),
  );
}

async function moveFocusedThread(request: string): Promise<void> {
  const focused = debug.activeStackItem;
  const session = focused?.session ?? debug.activeDebugSession;
  if (session?.type === DEBUG_TYPE) {
    await session.customRequest(request, { threadId: focused?.threadId });
  }
}
