// The figures under an idea of a ranking: the same line on phone, screen and console.

import { t } from "./i18n.js";

/** A share 0…1 as "63 %". */
export const share = (value) => `${Math.round(value * 100)} %`;

/** "63 % across organisations", "16 of 20 organisations", "74 of 180 voters"; by agree / pass / disagree its own. */
export function figures({ method, organisations, voters }, row) {
  const reached = t("%(reach)s of %(organisations)s organisations", { reach: row.reach, organisations });
  if (method !== "agree") {
    return [t("%(share)s across organisations", { share: share(row.score) }), reached, t("%(approvals)s of %(voters)s voters", { approvals: row.approvals, voters })];
  }
  return [
    t("%(share)s consensus", { share: share(row.score) }), t("%(n)s agree", { n: row.agree }), t("%(n)s pass", { n: row.passes }),
    t("%(n)s disagree", { n: row.disagree }), reached,
  ];
}
