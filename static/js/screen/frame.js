// The console shows the wall small, as this very page in a frame: it must show the same, and neither sound nor be clicked.

/** Whether this page is such a picture of the wall. */
export const framed = globalThis.parent !== globalThis.self;
