// Light Markdown as workshop/rules/light.py reads it; tests/test_editor.py holds the two together.

import { html } from "../../vendor/preact.js";

const ITEM = /^\s{0,3}(?:([-*•])|(\d{1,3})[.)])\s+(.*)$/;
const RUN = /\*\*(?=\S)(.+?)(?<=\S)\*\*|\*(?=\S)([^*]+?)(?<=\S)\*|(https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)\]])/g;

/** The blocks of a text: {kind: "paragraph" | "bullet" | "step", runs, number}. */
export function blocks(text) {
  const found = [];
  let paragraph = [];
  for (const line of [...text.split("\n"), ""]) {
    const item = ITEM.exec(line);
    if (paragraph.length && (item || !line.trim())) {
      found.push({ kind: "paragraph", runs: runs(paragraph.join(" ")), number: 0 });
      paragraph = [];
    }
    if (item) found.push(itemOf(item, found.at(-1)));
    else if (line.trim()) paragraph.push(line.trim());
  }
  return found;
}

function itemOf([, bullet, , words], before) {
  if (bullet) return { kind: "bullet", runs: runs(words), number: 0 };
  return { kind: "step", runs: runs(words), number: before?.kind === "step" ? before.number + 1 : 1 };
}

function runs(line) {
  const found = [];
  let at = 0;
  for (const match of line.matchAll(RUN)) {
    const look = match[1] ? "strong" : match[2] ? "stressed" : "link";
    found.push({ text: line.slice(at, match.index), look: "plain" }, { text: match[1] ?? match[2] ?? match[3], look });
    at = match.index + match[0].length;
  }
  return [...found, { text: line.slice(at), look: "plain" }].filter((run) => run.text);
}

/** A text as documents will show it. */
export function Light({ text }) {
  return grouped(blocks(text)).map(([kind, group]) => (kind === "paragraph"
    ? group.map((block) => html`<p>${block.runs.map(Run)}</p>`)
    : kind === "bullet" ? html`<ul>${group.map(Item)}</ul>` : html`<ol>${group.map(Item)}</ol>`));
}

const Item = (block) => html`<li>${block.runs.map(Run)}</li>`;

function Run({ text, look }) {
  if (look === "strong") return html`<strong>${text}</strong>`;
  if (look === "stressed") return html`<em>${text}</em>`;
  return look === "link" ? html`<a href=${text} rel="noopener noreferrer" target="_blank">${text}</a>` : text;
}

function grouped(list) {
  const groups = [];
  for (const block of list) {
    if (groups.at(-1)?.[0] === block.kind) groups.at(-1)[1].push(block);
    else groups.push([block.kind, [block]]);
  }
  return groups;
}
