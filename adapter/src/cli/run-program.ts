import { spawn, type ChildProcess } from 'node:child_process';
import { UserError } from '../errors';
import { exitCodeOf } from '../interpreter/exit-code';

/** Signals that others send to this process and mean for the program. */
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGCONT'] as const;

/** A terminal sends these to the whole group of processes: the program has them already. */
const FROM_TERMINAL: readonly string[] = ['SIGINT', 'SIGQUIT', 'SIGHUP'];

/**
 * Runs a program in this one's place: with its input, output and signals. Resolves with the exit code that a shell would
 * see.
 */
export function runProgram(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit' });
  const stop = forwardSignals(child);
  return new Promise<number>((resolve, reject) => {
    child.on('error', (error) => reject(new UserError(`${command} can't be run: ${error.message}.`)));
    child.on('close', (code, signal) => resolve(exitCodeOf(code, signal) ?? 0));
  }).finally(stop);
}

function forwardSignals(child: ChildProcess): () => void {
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const stops = FORWARDED.map((signal) => {
    const forward = (): void => {
      if (!onTerminal || !FROM_TERMINAL.includes(signal)) {
        child.kill(signal);
      }
    };
    process.on(signal, forward);
    return () => process.off(signal, forward);
  });
  return () => stops.forEach((stop) => stop());
}
