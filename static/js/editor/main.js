// The editor of one practice.

import { html, render } from "../../vendor/preact.js";
import { App } from "./app.js";
import { ask, outbox } from "./store.js";

const app = document.getElementById("app");
app.replaceChildren();
render(html`<${App} />`, app);
outbox.retry(undefined, "csrf"); // the page has a new token now
ask();
document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
