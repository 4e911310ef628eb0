// The editor of one practice.

import { html, render } from "../../vendor/preact.js";
import { App } from "./app.js";
import { ask } from "./store.js";

const app = document.getElementById("app");
app.replaceChildren();
render(html`<${App} />`, app);
ask();
document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
