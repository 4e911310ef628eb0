// The review, more comfortable: what is typed and not sent is kept on this phone. Without this file the forms work as they are.

const PREFIX = "review/";

/** What a form holds, without what only the server needs. */
const held = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrf_token"));

function keep(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch { /* a browser that keeps nothing: the form works all the same */ }
}

function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Put what was typed back into a form, and open what holds some of it. */
function restore(form, text) {
  for (const [name, value] of JSON.parse(text)) {
    const fields = form.elements[name];
    if (!fields) continue; // a section that has gone meanwhile
    fields.value = value;
    if (value && fields.closest) fields.closest("details")?.setAttribute("open", "");
  }
}

/** What has arrived, of a practice or of one's own words, need not be kept any more. */
function forget(sent) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && key.endsWith(`/${sent}`)) localStorage.removeItem(key);
  } catch { /* as above */ }
}

function watch(form) {
  const key = PREFIX + form.dataset.keep;
  const before = held(form);
  const unsent = form.dataset.fresh === "1" && kept(key);
  if (unsent && unsent !== before) {
    restore(form, unsent);
    form.querySelector(".kept").hidden = false;
  }
  form.addEventListener("input", () => keep(key, held(form) === before ? null : held(form)));
}

for (const { dataset } of document.querySelectorAll("[data-sent]")) forget(dataset.sent);
document.querySelectorAll("form[data-keep]").forEach(watch);
