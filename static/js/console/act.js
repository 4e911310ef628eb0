// What the console does: sends commands, asks before those that close something, says what went wrong.

import { signal } from "../../vendor/preact.js";
import { room } from "../screen/room.js";
import { toast } from "../ui.js";

/** The question being asked: {title, text or a component as body, confirm, danger, answer}, or null. */
export const question = signal(null);

/** Ask; a promise of yes or no. */
export const ask = (words) => new Promise((answer) => { question.value = { ...words, answer }; });

/** Answer the question being asked. */
export function answer(yes) {
  const asked = question.peek();
  question.value = null;
  asked?.answer(yes);
}

/** Send a command. What goes wrong is said; `said`, where given, is said when it went well, with undo. Promises whether it did. */
export async function run(command, body, said) {
  const ack = await room.line.send(command, body);
  if (!ack.ok) toast(ack.error.message);
  else if (said) toast(said, { undo: () => undoLast(command) });
  return ack.ok;
}

// The toast does not know the log entry that its command made; the newest of that command is it.
function undoLast(command) {
  const entry = room.state.peek("log")?.entries.find((one) => one.action === command && one.undoable && !one.undone);
  if (entry) run("undo", { log: entry.id });
}
