// The console: where a facilitator runs the session.

import { html, render } from "../../vendor/preact.js";
import { boot } from "../boot.js";
import { connect } from "../live.js";
import { room } from "../screen/room.js";
import { createState } from "../state.js";
import { listenForBlank } from "./blank.js";
import { listenToClicker } from "./clicker.js";
import { Desk } from "./desk.js";
import { guardNext } from "./steps.js";

const state = createState();
Object.assign(room, {
  code: boot.code, join: boot.join ?? {}, state,
  links: { screen: `/screen/${boot.code}`, export: `/export/${boot.code}`, ...boot.links },
  line: connect({ code: boot.code, role: "console", state, boot }),
});

listenForBlank();

listenToClicker();

guardNext();

const app = document.getElementById("app");
app.replaceChildren();
render(html`<${Desk} />`, app);
