import { commands, Disposable } from 'vscode';

/** VS Code has these two moves as buttons only: no entry in the palette or a menu, and no keys. */
const MOVES = {
  'execorder.stepBack': 'workbench.action.debug.stepBack',
  'execorder.reverseContinue': 'workbench.action.debug.reverseContinue',
};

/** Makes the moves into the past available to the palette, to menus and to keys. */
export function reverseCommands(): Disposable {
  return Disposable.from(
    ...Object.entries(MOVES).map(([command, move]) =>
      commands.registerCommand(command, () => commands.executeCommand(move)),
    ),
  );
}
