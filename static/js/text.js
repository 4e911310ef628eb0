// Counting what people write, as the server does it (workshop/rules/text).

const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** How many characters a person sees: graphemes; code points where the browser cannot tell. */
export function graphemes(text) {
  if (!segmenter) return [...text.normalize("NFC")].length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}
