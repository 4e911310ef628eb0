// For a table: ideas and ballots of people without phones, entered by the facilitator and shown as entered by proxy.

import { html, signal, useEffect, useRef, useState } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { newId } from "../ids.js";
import { nameOf, room, session, standing, themes } from "../screen/room.js";
import { ideasCount } from "../screen/words.js";
import { Button, Icon } from "../ui.js";
import { focused } from "./focus.js";
import { Panel } from "./fold.js";
import { BallotForm } from "./proxy-ballot.js";

const entering = signal(null); // the id of the table that is entered for, "new", or null

export function ForTable() {
  const proxies = room.state.all("proxy/").sort((a, b) => (a.label < b.label ? -1 : 1));
  return html`<${Panel} name="tables" title=${t("For a table")} note=${proxies.length || ""}>
    ${proxies.length ? html`<ul class="tables">${proxies.map((one) => html`<${Row} key=${one.id} one=${one} />`)}</ul>`
      : html`<p class="muted">${t("Enter ideas and a ballot for people without a phone. Each table counts as one voter.")}</p>`}
    <div class="row"><${Button} kind="small" icon="plus" onClick=${() => { entering.value = "new"; }}>${t("Add a table")}<//></div><//>`;
}

function Row({ one }) {
  const done = [one.organisation && one.organisation.name, one.ideas > 0 && ideasCount(one.ideas), one.voted.length > 0 && tn("%(n)s ballot", "%(n)s ballots", one.voted.length)];
  return html`<li><span class="grow"><b>${one.label}</b> <span class="muted">${done.filter(Boolean).join(" · ")}</span></span>
    <${Button} kind="small" aria-label=${t("Enter for %(table)s", { table: one.label })} onClick=${() => { entering.value = one.id; }}>${t("Enter")}<//></li>`;
}

/** Stands outside of the panels: on a phone those that are not looked at are not there. */
export function Entering() {
  const dialog = useRef(null), id = entering.value, open = id !== null, one = open && id !== "new" ? room.state.get(`proxy/${id}`) : null;
  const close = () => { entering.value = null; };
  useEffect(() => {
    if (open && !dialog.current.open) dialog.current.showModal();
    if (!open && dialog.current.open) dialog.current.close();
  }, [open]);
  return html`<dialog class="dialog entering" ref=${dialog} aria-labelledby="entering-title" onCancel=${(event) => { event.preventDefault(); close(); }}>
    <div class="spread"><h2 id="entering-title">${one ? t("For %(table)s", { table: one.label }) : t("Add a table")}</h2>
      <${Button} kind="icon-only quiet" icon="x" aria-label=${t("Close")} onClick=${close} /></div>
    ${open && (one ? html`<${Entry} key=${id} one=${one} />` : html`<${NewTable} />`)}</dialog>`;
}

/** Send; what went wrong is said in the dialog, since a toast would lie beneath it. */
function useSending() {
  const [said, say] = useState({});
  const send = async (command, body, words) => {
    const ack = await room.line.send(command, body);
    say(ack.ok ? { good: words } : { bad: ack.error.message });
    return ack.ok;
  };
  const line = html`<p class=${said.bad ? "error" : "status"} data-state="saved" role="status">${(said.bad || said.good) && html`<${Icon} name=${said.bad ? "alert" : "check"} />`}${said.bad ?? said.good}</p>`;
  return [send, line, say];
}

function NewTable() {
  const [send, line] = useSending(), [label, setLabel] = useState(""), [home, setHome] = useState("");
  const houses = (room.state.get("room")?.organisations ?? []).filter((one) => one.id);
  const add = async (event) => {
    event.preventDefault();
    const proxy = newId();
    if (await send("proxy.put", { proxy, label, organisation: home || null })) entering.value = proxy;
  };
  return html`<form class="stack" onSubmit=${add}>
    <div class="field"><label for="table-label">${t("What it is called")}</label><input id="table-label" value=${label} maxlength="80" autofocus placeholder=${t("Table 3")} onInput=${(event) => setLabel(event.currentTarget.value)} /></div>
    <div class="field"><label for="table-home">${t("Organisation")}</label><select id="table-home" class="input" value=${home} onChange=${(event) => setHome(event.currentTarget.value)}>
      <option value="">${t("Several, or none")}</option>${houses.map((one) => html`<option key=${one.id} value=${one.id}>${nameOf(one)}</option>`)}</select>
      <p class="hint">${t("Its ballot counts for this organisation. It cannot be changed later.")}</p></div>
    ${line}<${Button} kind="primary" type="submit" disabled=${!label.trim()}>${t("Add")}<//></form>`;
}

/** What the phase of a theme lets a table do, as it does a phone. */
function Entry({ one }) {
  const all = themes(), [chosen, choose] = useState(focused()?.id), theme = all.find((other) => other.id === chosen) ?? all[0];
  if (!theme) return null;
  const Form = { write: IdeaForm, share: IdeaForm, vote: Ballot }[theme.phase] ?? Nothing;
  return html`<div class="stack" data-tint=${theme.tint % 8}>
    ${all.length > 1 && html`<div class="field"><label for="table-theme">${t("Theme")}</label><select id="table-theme" class="input" value=${theme.id} onChange=${(event) => choose(event.currentTarget.value)}>
      ${all.map((other) => html`<option key=${other.id} value=${other.id} selected=${other.id === theme.id}>${other.title}</option>`)}</select></div>`}
    <${Form} key=${`${theme.id}/${theme.round}`} one=${one} theme=${theme} /></div>`;
}

const Nothing = () => html`<p class="notice"><${Icon} name="info" />${t("Ideas can be entered while the theme writes or shares, ballots while it votes.")}</p>`;

function IdeaForm({ one, theme }) {
  const [send, line] = useSending(), [title, setTitle] = useState(""), [detail, setDetail] = useState(""), first = useRef(null);
  const save = async (event) => {
    event.preventDefault();
    if (!await send("proxy.idea", { idea: newId(), proxy: one.id, theme: theme.id, title, detail }, t("Entered: “%(title)s”", { title }))) return;
    setTitle("");
    setDetail("");
    first.current?.focus();
  };
  return html`<form class="stack" onSubmit=${save}>
    <div class="field"><label for="table-idea">${t("Idea in one sentence")}</label><input id="table-idea" ref=${first} value=${title} autofocus onInput=${(event) => setTitle(event.currentTarget.value)} /></div>
    <div class="field"><label for="table-detail">${t("Detail")}</label><textarea id="table-detail" rows="2" value=${detail} onInput=${(event) => setDetail(event.currentTarget.value)}></textarea></div>
    ${line}<${Button} kind="primary" type="submit" disabled=${!title.trim()}>${t("Enter the idea")}<//></form>`;
}

function Ballot({ one, theme }) {
  const [send, line, say] = useSending(), ideas = standing(theme.id);
  if (!ideas.length) return html`<p class="notice"><${Icon} name="info" />${t("No ideas to vote on")}</p>`;
  const cast = (choices) => (choices ? send("proxy.ballot", { proxy: one.id, theme: theme.id, round: theme.round, choices }, t("Ballot entered"))
    : say({ bad: t("Choose both numbers of an idea, or neither.") }));
  return html`${one.voted.includes(theme.id) && html`<p class="notice"><${Icon} name="info" />${t("This table's ballot is in. What you enter now takes its place; it counts once.")}</p>`}
    <${BallotForm} method=${session().method} theme=${theme} cap=${session().idea_cap} ideas=${ideas} onCast=${cast}>${line}<//>`;
}
