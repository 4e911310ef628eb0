// What the product uses of Preact, its hooks, htm and signals, as one module. Name here only what is used: a phone fetches it all.
export { h, render } from "preact";
export { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
export { batch, computed, effect, signal, untracked, useComputed, useSignal } from "@preact/signals";
import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
