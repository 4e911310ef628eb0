// How many have voted: in a theme by organisation, small ones together, or in all themes. Nothing of what.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { Icon } from "../ui.js";
import { sizes, useFit } from "./fit.js";
import { nameOf, themes } from "./room.js";
import { Title } from "./share.js";
import { All, Track, part, turnout } from "./vote.js";

const STEPS = [...sizes(6.4, 3.4, "", 0.2), [3.4, "two"], [3.4, "three"]];

export function Turnout({ theme }) {
  const sealed = !(theme ? theme.revealed : themes().every((one) => one.revealed));
  return html`<main class="vote">${theme ? html`<${One} theme=${theme} />` : html`<${All} themes=${themes()} title=${t("Who has voted")} />`}
    <footer class="foot">${sealed && html`<p class="sealed"><${Icon} name="lock" /> ${t("Totals stay hidden until the reveal")}</p>`}</footer></main>`;
}

function One({ theme }) {
  const { voted, of, organisations = [], others } = turnout(theme), box = useFit(STEPS);
  const rows = [...organisations.map((one) => ({ ...one, title: nameOf(one) })), ...(others ? [{ ...others, id: "others", title: pool(others, organisations) }] : [])];
  return html`<${Title} theme=${theme} round=${theme.round}><p class="count">${t("%(voted)s of %(of)s voted", { voted, of })}</p><//>
    <ul class="houses" ref=${box}>${rows.map((one) => html`<li key=${one.id ?? "none"}><p class="name">${one.title}</p><${Track} share=${part(one)} /><p class="figure">${t("%(voted)s of %(of)s", one)}</p></li>`)}</ul>`;
}

/** What the pool is called: others, or all where nobody stands apart. */
const pool = ({ organisations: n }, apart) => (apart.length ? tn("%(n)s other organisation", "%(n)s other organisations", n) : tn("%(n)s organisation", "%(n)s organisations", n));
