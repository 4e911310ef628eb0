// What the server put into the page: <script type="application/json" id="boot">.

const element = globalThis.document?.getElementById("boot");

/** {role, code, locale, strings, snapshot, join, version, …}; empty outside a page (tests). */
export const boot = element ? JSON.parse(element.textContent) : {};
