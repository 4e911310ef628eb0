// The screen: what the projector shows. It only listens.

import { html, render } from "../../vendor/preact.js";
import { boot } from "../boot.js";
import { connect } from "../live.js";
import { createState } from "../state.js";
import { stayAwake } from "./awake.js";
import { listenForSound } from "./chime.js";
import { framed } from "./frame.js";
import { listenToKeys } from "./keys.js";
import { room } from "./room.js";
import { Wall } from "./wall.js";

const state = createState();
Object.assign(room, { code: boot.code, join: boot.join, state, line: connect({ code: boot.code, role: "screen", state, boot }) });

if (!framed) {
  stayAwake();
  listenForSound();
}
listenToKeys();

const app = document.getElementById("app");
app.replaceChildren();
render(html`<${Wall} />`, app);
