// The phone: puts state, line and outbox together and draws.

import { effect, html, render } from "../../vendor/preact.js";
import { boot } from "../boot.js";
import { connect } from "../live.js";
import { createOutbox } from "../outbox.js";
import { createState } from "../state.js";
import { App } from "./app.js";
import { chosen, mostUrgent, room, themes } from "./room.js";

const state = createState();
const line = connect({ code: boot.code, role: "phone", state, boot });
const participant = boot.snapshot?.mine?.["mine/me"]?.id ?? "me";
const outbox = createOutbox({ code: boot.code, participant, send: line.send, live: line.status });
Object.assign(room, { code: boot.code, state, line, outbox });

// What was refused because the phase was over goes through when the facilitator opens it again.
effect(() => {
  const phases = state.all("theme/").map((theme) => theme.phase).join();
  if (phases) queueMicrotask(() => outbox.retry(null, "wrong_phase"));
});

// The theme to begin with is chosen once: after that only the participant changes it.
effect(() => {
  if (chosen.peek() === null && themes().length) chosen.value = mostUrgent().id;
});

const root = document.getElementById("app");
root.replaceChildren();
render(html`<${App} />`, root);
