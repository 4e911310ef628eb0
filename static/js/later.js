// What a page needs with a later view and not at first: what that view says, and how it looks.

import { boot } from "./boot.js";
import { addStrings } from "./i18n.js";

let parts = null;

/** Fetch it, once. Rejects where the network is away, and may then be asked again. */
export function laterParts() {
  const { strings, styles = [] } = boot.later ?? {};
  parts ??= Promise.all([strings && fetchJson(strings).then(addStrings), ...styles.map(style)]);
  parts.catch(() => { parts = null; });
  return parts;
}

/** The JSON of a file. */
export async function fetchJson(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

function style(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  const there = new Promise((resolve, reject) => Object.assign(link, { onload: resolve, onerror: reject }));
  document.head.append(link);
  return there.catch((error) => { link.remove(); throw error; });
}
