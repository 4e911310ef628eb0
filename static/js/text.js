// Counting and comparing what people write, as the server does it (workshop/rules/text, rules/similar).

const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** How many characters a person sees: graphemes; code points where the browser cannot tell. */
export function graphemes(text) {
  if (!segmenter) return [...text.normalize("NFC")].length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/** How alike two short texts are, 0…1: the cosine of their character trigrams. */
export function likeness(a, b) {
  const left = trigrams(a), right = trigrams(b);
  if (!left.size || !right.size) return 0;
  let shared = 0;
  for (const [gram, count] of left) shared += count * (right.get(gram) ?? 0);
  return shared / (norm(left) * norm(right));
}

function trigrams(text) {
  const plain = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  const counts = new Map();
  for (let i = 0; i + 3 <= plain.length; i += 1) {
    const gram = plain.slice(i, i + 3);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

const norm = (counts) => Math.sqrt([...counts.values()].reduce((sum, n) => sum + n * n, 0));
