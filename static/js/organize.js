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

// Copy what stands in a field, and say so.
for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.querySelector("span"), before = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // without HTTPS browsers offer nothing else
    }
    label.textContent = button.dataset.done;
    setTimeout(() => { label.textContent = before; }, 2000);
  });
}
