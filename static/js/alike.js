// How alike short texts are, as workshop/rules/similar.py says it: the cosine of TF-IDF weights over character 3- and
// 4-grams, in any language. Only the texts that a page holds anyway are compared, and only suggested: nothing is merged here.

const SIZES = [3, 4];
const SLICE_MS = 6; // leaves most of a frame to whoever drags or types
export const ALIKE = 0.4; // from here on two ideas may be one

/**
 * A set of texts by id: put(id, text), drop(id), ids().
 * near(text, least, but): [[id, score]], the most alike first, without the id `but`.
 * pairs(rest, least): promise of [[id, other, score]], likewise; every SLICE_MS it waits for `rest()`, and gives up where that is false.
 */
export function createIndex() {
  const docs = new Map(); // id → {id, text, counts: gram → how often, norm}
  const holders = new Map(); // gram → the docs that have it
  let stale = false;

  function put(id, text) {
    if (docs.get(id)?.text === text) return;
    drop(id);
    const doc = { id, text, counts: grams(text), norm: 0, at: 0, sum: 0 };
    docs.set(id, doc);
    for (const gram of doc.counts.keys()) (holders.get(gram) ?? fresh(holders, gram)).push(doc);
    stale = true;
  }

  function drop(id) {
    const doc = docs.get(id);
    if (!doc) return;
    docs.delete(id);
    for (const gram of doc.counts.keys()) {
      const left = holders.get(gram).filter((other) => other !== doc);
      if (left.length) holders.set(gram, left); else holders.delete(gram);
    }
    stale = true;
  }

  const rarity = (gram) => Math.log(1 + docs.size / (holders.get(gram)?.length ?? 1)); // what all share says little
  const length = (counts) => Math.sqrt([...counts].reduce((sum, [gram, n]) => sum + (n * rarity(gram)) ** 2, 0));

  function weigh() {
    if (!stale) return;
    let at = 0;
    for (const doc of docs.values()) Object.assign(doc, { norm: length(doc.counts), at: (at += 1) });
    stale = false;
  }

  /** [[doc, score]] of the docs that share a gram with `counts`, those of `among` alone. */
  function scores(counts, norm, least, among) {
    const met = [];
    for (const [gram, n] of counts) {
      const weight = n * rarity(gram) ** 2;
      for (const doc of holders.get(gram) ?? []) {
        if (!among(doc)) continue;
        if (!doc.sum) met.push(doc);
        doc.sum += weight * doc.counts.get(gram);
      }
    }
    const found = met.map((doc) => [doc, doc.sum / (norm * doc.norm)]).filter(([, score]) => score >= least);
    for (const doc of met) doc.sum = 0;
    return found;
  }

  return {
    put,
    drop,
    ids: () => [...docs.keys()],
    near(text, least = ALIKE, but = null) {
      weigh();
      const counts = grams(text);
      return ranked(scores(counts, length(counts), least, (doc) => doc.id !== but).map(([doc, score]) => [doc.id, score]));
    },
    async pairs(rest, least = ALIKE) {
      weigh();
      const rows = [];
      let since = performance.now();
      for (const doc of docs.values()) {
        const earlier = scores(doc.counts, doc.norm, least, (other) => other.at < doc.at);
        for (const [other, score] of earlier) rows.push(other.id < doc.id ? [other.id, doc.id, score] : [doc.id, other.id, score]);
        if (performance.now() - since < SLICE_MS) continue;
        if (!(await rest())) return null;
        since = performance.now();
      }
      return ranked(rows);
    },
  };
}

const ranked = (rows) => rows.sort((a, b) => b.at(-1) - a.at(-1));

function fresh(holders, gram) {
  const docs = [];
  holders.set(gram, docs);
  return docs;
}

/** How often each gram is in a text; case, accents and punctuation make no difference. */
function grams(text) {
  const bare = text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim();
  const letters = Array.from(` ${bare} `), counts = new Map();
  for (const size of SIZES) {
    for (let i = 0; i + size <= letters.length; i += 1) {
      const gram = letters.slice(i, i + size).join("");
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  return counts;
}
