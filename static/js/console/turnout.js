// While people vote: how many have, by organisation; never what.

import { html } from "../../vendor/preact.js";
import { t, tn } from "../i18n.js";
import { nameOf, room } from "../screen/room.js";
import { Empty } from "../ui.js";
import { Folded } from "./board.js";
import { Head } from "./head.js";

export function Turnout({ theme }) {
  const turnout = room.state.get(`turnout/${theme.id}`) ?? { voted: 0, of: 0 }, { voted, of, proxies = 0, organisations = [] } = turnout;
  return html`<${Head} theme=${theme} />
    <section class="card turnout"><p class="big num"><b>${voted}</b> ${t("of %(of)s voted", { of })}</p><${Bar} voted=${voted} of=${of} />
      <p class="muted">${t("Nobody, not even you, sees what was voted before the reveal.")}${proxies > 0 && ` ${tn("%(n)s ballot was entered by proxy.", "%(n)s ballots were entered by proxy.", proxies)}`}</p></section>
    ${organisations.length ? html`<ul class="houses">${[...organisations].sort(missingFirst).map((one) => html`<${House} key=${one.id ?? "none"} one=${one} />`)}</ul>`
      : html`<${Empty} icon="people" title=${t("Nobody has joined yet")}>${t("People can still scan the code and vote.")}<//>`}
    <${Folded} theme=${theme} />`;
}

const missingFirst = (a, b) => (b.of - b.voted > 0) - (a.of - a.voted > 0);

function House({ one }) {
  return html`<li class=${one.voted < one.of ? "" : "all"}><span class="grow">${nameOf(one)}</span><span class="num">${t("%(voted)s of %(of)s", one)}</span><${Bar} voted=${one.voted} of=${one.of} /></li>`;
}

const Bar = ({ voted, of }) => html`<span class="bar" aria-hidden="true"><i style=${{ "--share": of ? voted / of : 0 }}></i></span>`;
