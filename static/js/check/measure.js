// What the venue check measures. To be answered, it asks to be let in as what nobody is: the server says no at once, to anybody,
// by the way that every word of the session takes, and keeps nothing.

const ASK = "40" + JSON.stringify({ session: "", role: "check", since: null });
const TIMES = 10, PATIENCE_MS = 8000;

/** Whether this page was reached where the QR code leads. */
export const isPublic = (address) => location.origin === new URL(address).origin;

/** Whether this browser keeps cookies and notes; the windows of Wi-Fi sign-ins do not. */
export function cookies() {
  try {
    document.cookie = "check=1; SameSite=Lax; max-age=60";
    const kept = document.cookie.includes("check=1");
    document.cookie = "check=; SameSite=Lax; max-age=0";
    localStorage.setItem("workshop:probe", "1");
    localStorage.removeItem("workshop:probe");
    return kept;
  } catch {
    return false;
  }
}

/** Milliseconds from the tap until the page was there, and a part of it fetched anew; null where that failed. */
export async function pageTime(part) {
  const start = performance.now(), [page] = performance.getEntriesByType("navigation");
  try {
    const answer = await within(fetch(part, { cache: "no-store" }));
    await answer.text();
    return answer.ok ? (page?.domContentLoadedEventEnd || 0) + performance.now() - start : null;
  } catch {
    return null;
  }
}

/** Milliseconds of each of ten answers over a WebSocket; null where it does not open or falls silent. */
export async function socket(path) {
  let line;
  try {
    line = new WebSocket(`${location.origin.replace(/^http/, "ws")}${path}?EIO=4&transport=websocket`);
    await heard(line, "0");
    const times = [];
    for (let n = 0; n < TIMES; n += 1) times.push(await timed(() => { line.send(ASK); return heard(line, "44"); }));
    return times;
  } catch {
    return null;
  } finally {
    line?.close();
  }
}

/** The same over long polling. */
export async function polling(path) {
  try {
    const address = `${path}?EIO=4&transport=polling`, opened = await text(address);
    const own = `${address}&sid=${encodeURIComponent(JSON.parse(opened.slice(1)).sid)}`, times = [];
    for (let n = 0; n < TIMES; n += 1) times.push(await timed(() => asked(own)));
    await text(own, "1");
    return times;
  } catch {
    return null;
  }
}

async function asked(address) {
  await text(address, ASK);
  const answer = await text(address);
  if (!answer.includes("44")) throw new Error(answer);
}

async function text(address, body) {
  const answer = await within(fetch(address, { method: body ? "POST" : "GET", body, cache: "no-store", headers: body ? { "Content-Type": "text/plain;charset=UTF-8" } : {} }));
  if (!answer.ok) throw new Error(answer.status);
  return answer.text();
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The next message that begins so. */
function heard(line, head) {
  return within(new Promise((come, fail) => {
    line.onmessage = ({ data }) => String(data).startsWith(head) && come(data);
    line.onerror = line.onclose = () => fail(new Error("closed"));
  }));
}

function within(promise) {
  return Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error("silent")), PATIENCE_MS))]);
}
