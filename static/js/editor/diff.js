// Two texts word by word: what stayed, what went, what came (longest common subsequence).

const MOST = 2500; // words of a text that are compared one by one; longer ones are shown as gone and come

/** Pieces in order: {kind: "same" | "gone" | "new", text}. */
export function diff(before, after) {
  const a = words(before), b = words(after);
  if (a.length > MOST || b.length > MOST) return joined([...a.map(piece("gone")), ...b.map(piece("new"))]);
  const lengths = table(a, b), found = [];
  let i = 0, j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) { found.push({ kind: "same", text: a[i] }); i += 1; j += 1; }
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) found.push({ kind: "gone", text: a[i++] });
    else found.push({ kind: "new", text: b[j++] });
  }
  return joined([...found, ...a.slice(i).map(piece("gone")), ...b.slice(j).map(piece("new"))]);
}

const words = (text) => text.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? [];
const piece = (kind) => (text) => ({ kind, text });

/** lengths[i][j]: how many words the rests from i and j have in common. */
function table(a, b) {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

function joined(pieces) {
  const found = [];
  for (const one of pieces) {
    if (found.at(-1)?.kind === one.kind) found.at(-1).text += one.text;
    else found.push({ ...one });
  }
  return found;
}
