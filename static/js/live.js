// The line to the server: connects, says what it has, applies what comes, and heals what was lost.

import { io } from "../vendor/socket.io.js";
import { signal } from "../vendor/preact.js";
import { t } from "./i18n.js";
import { newId } from "./ids.js";

const ANSWER_MS = 8000; // how long a command may stay unanswered before it counts as not sent
const OPEN_MS = 5000; // how long opening the line may take
const WAYS = globalThis.WebSocket ? ["websocket", "polling"] : ["polling"];
const REFUSED_MS = 5000; // the server said no, but not for good
const PROBE_MS = 2500; // how long a line that may be dead has for a sign of life
const FINAL = new Set(["removed", "sent_out", "signed_out", "not_signed_in", "forbidden", "not_found", "unknown_code"]);

/**
 * Connect this page to its session.
 * role: "phone" | "screen" | "console"; state: of createState(). `boot.snapshot`, where given, is applied first.
 * Returns {status, offset, bye: signals; send(command, body): promise of the ack, which never rejects; close()}.
 * status: "connecting" | "live" | "waiting" (it tries again by itself) | "ended" (it does not; `bye` says why).
 */
export function connect({ code, role, state, boot = {} }) {
  const status = signal("connecting"), offset = signal(0), bye = signal(null);
  let heard = 0, missed = 0;
  const socket = io({
    transports: WAYS, tryAllTransports: true, timeout: OPEN_MS,
    reconnectionDelay: 600, reconnectionDelayMax: 3000, randomizationFactor: 0.5, autoConnect: false,
    auth: (give) => give({ session: code, role, since: state.rev.peek() }),
  });

  // The answer to any message is late by its way here, so the largest offset seen is the nearest to the truth.
  const hear = (message) => {
    heard = Date.now();
    const found = message?.now ? message.now - heard : offset.peek();
    if (found > offset.peek() || offset.peek() - found > 2000) offset.value = found;
  };
  const sync = () => socket.connected && socket.emit("sync", { since: state.rev.peek() }, () => { heard = Date.now(); });
  const end = (reason, message) => {
    bye.value = { reason, message };
    status.value = "ended";
    socket.disconnect();
  };
  // Some proxies let a WebSocket open and then swallow it: the library sees no error and would try it for ever.
  const miss = () => {
    missed += 1;
    if (missed === 2) socket.io.opts.transports = ["polling"];
  };
  const again = (least) => setTimeout(() => status.peek() !== "ended" && socket.connect(), least + Math.random() * 2700);

  socket.onAny((event, message) => hear(message));
  socket.on("snapshot", state.apply.snapshot);
  socket.on("changes", state.apply.changes);
  socket.on("mine", state.apply.mine);
  socket.on("beat", ({ rev }) => rev > (state.rev.peek() ?? -1) && sync());
  socket.on("bye", ({ reason, message }) => { FINAL.has(reason) ? end(reason, message) : (bye.value = { reason, message }); });
  socket.on("connect", () => { heard = Date.now(); missed = -Infinity; bye.value = null; status.value = "live"; });
  socket.on("disconnect", (reason) => {
    if (status.peek() === "ended") return;
    status.value = "waiting";
    if (reason === "io server disconnect") again(300); // this one the client does not take up by itself
  });
  socket.on("connect_error", (error) => {
    const refused = error.data ?? {};
    if (FINAL.has(refused.code)) return end(refused.code, refused.message ?? error.message);
    status.value = "waiting";
    if (socket.active) miss();
    else again(REFUSED_MS);
  });

  const renew = () => { if (status.peek() !== "ended") socket.disconnect().connect(); };

  /** The line may have died unseen (a phone in the pocket): use it, or make a new one at once. */
  const wake = () => {
    if (!socket.connected) return renew();
    const asked = Date.now();
    sync();
    setTimeout(() => heard < asked && status.peek() === "live" && renew(), PROBE_MS);
  };
  listen(wake, renew);

  async function send(command, body = {}) {
    if (!socket.connected) return unanswered();
    try {
      const ack = await socket.timeout(ANSWER_MS).emitWithAck(command, { id: newId(), ...body });
      heard = Date.now();
      if (ack?.set) state.apply.mine(ack);
      return ack ?? unanswered();
    } catch {
      return unanswered();
    }
  }

  if (boot.snapshot) {
    hear(boot.snapshot);
    state.apply.snapshot(boot.snapshot);
  }
  socket.connect();
  return { status, offset, bye, send, close: () => socket.disconnect() };
}

function listen(wake, renew) {
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  addEventListener("pageshow", (event) => event.persisted && renew()); // a page that was put away has lost its line
  addEventListener("online", wake);
}

const unanswered = () => ({ ok: false, error: { code: "offline", message: t("No answer from the server. Check the network and try again.") } });
