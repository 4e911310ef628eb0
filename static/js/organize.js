// The organizer's pages, more comfortable. Everything works without this file.

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// One open panel at a time, and Escape closes it.
const panels = [...document.querySelectorAll("details.menu, .organisations details")];
for (const panel of panels) {
  panel.addEventListener("toggle", () => {
    if (!panel.open) return;
    for (const other of panels) if (other !== panel) other.open = false;
    panel.querySelector("input:not([type=hidden]), select, button, a")?.focus();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !panel.open) return;
    panel.open = false;
    panel.querySelector("summary").focus();
  });
}
