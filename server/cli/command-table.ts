/** All commands, in the order in which help shows them. */
import { adminCommands } from "./admin-commands.ts";
import { backupCommand } from "./backup-command.ts";
import { backupNotedCommand } from "./backup-noted-command.ts";
import type { Command } from "./command.ts";
import { deliveriesCommand } from "./deliveries-command.ts";
import { doctorCommand } from "./doctor-command.ts";
import { initCommand } from "./init-command.ts";
import { listCommands } from "./list-commands.ts";
import { memberCommands } from "./member-commands.ts";
import { memberExportCommand } from "./member-export-command.ts";
import { memberImportCommand } from "./member-import-command.ts";
import { postCommand } from "./post-command.ts";
import { postsCommand } from "./posts-command.ts";
import { restoreCommand } from "./restore-command.ts";
import { senderCommands } from "./sender-commands.ts";
import { serveCommand } from "./serve-command.ts";
import { stopCommand } from "./stop-command.ts";
import { versionCommand } from "./version-command.ts";

export const commands: readonly Command[] = [
  serveCommand,
  initCommand,
  doctorCommand,
  ...listCommands,
  ...memberCommands,
  memberImportCommand,
  memberExportCommand,
  ...senderCommands,
  ...adminCommands,
  postCommand,
  postsCommand,
  deliveriesCommand,
  stopCommand,
  backupCommand,
  backupNotedCommand,
  restoreCommand,
  versionCommand,
];
