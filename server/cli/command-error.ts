/** How a command ends when it cannot do what was asked: one line for standard error, and the exit status. */

export class CommandError extends Error {
  readonly exitStatus: 1 | 2;

  constructor(exitStatus: 1 | 2, message: string) {
    super(message);
    this.exitStatus = exitStatus;
  }
}

/** The command line itself is wrong: exit status 2. */
export function wrongUse(message: string): CommandError {
  return new CommandError(2, message);
}

/** The command is right, but the world is not so: exit status 1. */
export function failure(message: string): CommandError {
  return new CommandError(1, message);
}
