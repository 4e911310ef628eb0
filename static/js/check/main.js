// The venue check: measures what a phone at this place gets, and shows which of the page's sentences fit.

import { cookies, isPublic, pageTime, polling, socket } from "./measure.js";

const SLOW_PAGE = 3000, SLOW_ANSWER = 400; // ms; the second of the slowest in twenty
const ICON = { good: "check", slow: "info", bad: "alert", waiting: "clock" };
const list = document.querySelector(".checks");

/** Say what was found: "good", "slow" or "bad", with figures where the sentence has some. */
function show(name, state, figures = {}) {
  const item = list.querySelector(`[data-check="${name}"]`), use = item.querySelector("use");
  item.dataset.state = state;
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${ICON[state]}`));
  for (const [figure, value] of Object.entries(figures)) item.querySelectorAll(`[data-figure="${figure}"]`).forEach((place) => { place.textContent = Math.round(value); });
}

const quantile = (sorted, share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

function showPace(times) {
  const sorted = [...times].sort((a, b) => a - b);
  if (!sorted.length) return show("pace", "bad");
  const half = quantile(sorted, 0.5), most = quantile(sorted, 0.95);
  show("pace", most > SLOW_ANSWER ? "slow" : "good", { half, most });
}

async function showPage() {
  const time = await pageTime(document.querySelector("link[rel=stylesheet]").href);
  show("page", time === null ? "bad" : time > SLOW_PAGE ? "slow" : "good", { page: time ?? 0 });
}

/** The verdict: one of the two ways must be well, and all else; a way that is not needed is a remark. */
function conclude() {
  const states = Object.fromEntries([...list.children].map((item) => [item.dataset.check, item.dataset.state]));
  const line = states.socket === "good" || states.polling === "good";
  const vital = !line || ["address", "browser", "page", "pace"].some((name) => states[name] === "bad");
  const all = Object.values(states).every((state) => state === "good");
  document.querySelector("[data-verdict]").dataset.verdict = vital ? "bad" : all ? "good" : "slow";
}

async function check() {
  for (const item of list.children) show(item.dataset.check, "waiting");
  document.querySelector("[data-verdict]").dataset.verdict = "waiting";
  show("address", isPublic(list.dataset.public) ? "good" : "bad");
  show("browser", cookies() ? "good" : "bad");
  await showPage();
  const path = list.dataset.socket, direct = await socket(path);
  show("socket", direct ? "good" : "bad");
  const slower = await polling(path);
  show("polling", slower ? "good" : "bad");
  showPace(direct ?? slower ?? []);
  conclude();
}

document.querySelector("[data-again]").addEventListener("click", check);
check();
