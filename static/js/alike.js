// How alike short texts are, as workshop/rules/similar.py says it: the cosine of TF-IDF weights over character 3- and
// 4-grams, in any language. Only the texts that a page holds anyway are compared, and only suggested: nothing is merged here.

const SIZES = [3, 4];
const SLICE_MS = 8; // leaves half of a frame to whoever drags or types
export const ALIKE = 0.4; // from here on two ideas may be one

/**
 * A set of texts by id: put(id, text), drop(id), ids().
 * near(text, least, but): [[id, score]], the most alike first, without the id `but`.
 * pairs(rest, least): promise of [[id, other, score]], likewise; every SLICE_MS it waits for `rest()`, and gives up where that is false.
 */
export function createIndex() {
  const docs = new Map(); // id → {id, text, held: [[holders of a gram, how often it has it]], norm, at: its place, sum}
  const grams = new Map(); // gram → {docs, counts, rarity}: who has it and how often, in the order of the docs
  let stale = false;

  function put(id, text) {
    if (docs.get(id)?.text === text) return;
    drop(id);
    const doc = { id, text, held: [], norm: 0, at: 0, sum: 0 };
    docs.set(id, doc);
    for (const [gram, n] of gramsOf(text)) {
      const holders = grams.get(gram) ?? fresh(grams, gram);
      holders.docs.push(doc);
      holders.counts.push(n);
      doc.held.push([holders, n]);
    }
    stale = true;
  }

  function drop(id) {
    const doc = docs.get(id);
    if (!doc) return;
    docs.delete(id);
    for (const [holders] of doc.held) {
      const place = holders.docs.indexOf(doc);
      holders.docs.splice(place, 1);
      holders.counts.splice(place, 1);
    }
    stale = true;
  }

  const rarity = (holders) => Math.log(1 + docs.size / holders); // what all share says little
  const length = (held) => Math.sqrt(held.reduce((sum, [holders, n]) => sum + (n * holders.rarity) ** 2, 0));

  function weigh() {
    if (!stale) return;
    let at = 0;
    for (const [gram, holders] of grams) {
      if (holders.docs.length) holders.rarity = rarity(holders.docs.length);
      else grams.delete(gram);
    }
    for (const doc of docs.values()) Object.assign(doc, { norm: length(doc.held), at: (at += 1) });
    stale = false;
  }

  /** [[doc, score]] of the docs before the place `end` that share a gram. */
  function scores(held, norm, least, end) {
    const met = [], found = [];
    for (const [holders, n] of held) {
      const weight = n * holders.rarity ** 2, { docs: having, counts } = holders;
      for (let i = 0; i < having.length && having[i].at < end; i += 1) {
        if (!having[i].sum) met.push(having[i]);
        having[i].sum += weight * counts[i];
      }
    }
    for (const doc of met) {
      const score = doc.sum / (norm * doc.norm);
      if (score >= least) found.push([doc, score]);
      doc.sum = 0;
    }
    return found;
  }

  return {
    put,
    drop,
    ids: () => [...docs.keys()],
    near(text, least = ALIKE, but = null) {
      weigh();
      const held = [...gramsOf(text)].map(([gram, n]) => [grams.get(gram) ?? { docs: [], counts: [], rarity: rarity(1) }, n]);
      const found = scores(held, length(held), least, Infinity);
      return ranked(found.filter(([doc]) => doc.id !== but).map(([doc, score]) => [doc.id, score]));
    },
    async pairs(rest, least = ALIKE) {
      weigh();
      const rows = [];
      let since = performance.now();
      for (const doc of docs.values()) {
        for (const [other, score] of scores(doc.held, doc.norm, least, doc.at)) rows.push(other.id < doc.id ? [other.id, doc.id, score] : [doc.id, other.id, score]);
        if (performance.now() - since < SLICE_MS) continue;
        if (!(await rest())) return null;
        since = performance.now();
      }
      return ranked(rows);
    },
  };
}

const ranked = (rows) => rows.sort((a, b) => b.at(-1) - a.at(-1));

function fresh(grams, gram) {
  const holders = { docs: [], counts: [], rarity: 0 };
  grams.set(gram, holders);
  return holders;
}

/** How often each gram is in a text; case, accents and punctuation make no difference. */
function gramsOf(text) {
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
