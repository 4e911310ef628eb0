// What the editor says to the server and asks of it.

import { boot } from "../boot.js";

const base = () => `/practices/${boot.practice.id}/`;

/** Send `body` to an address under the practice's; an answer like an ack of the sockets: {ok, …} or {ok: false, error}. */
export const post = (path, body) => asked(path, {
  method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-CSRFToken": boot.csrf, Accept: "application/json" },
});

/** Ask an address under the practice's. */
export const get = (path) => asked(path, { headers: { Accept: "application/json" }, cache: "no-store" });

async function asked(path, options) {
  try {
    const answer = await fetch(base() + path, options);
    const told = await answer.json();
    return answer.ok || told.error ? told : offline;
  } catch {
    return offline; // no network, or something on the way that is not our server
  }
}

const offline = { ok: false, error: { code: "offline", message: "" } };
