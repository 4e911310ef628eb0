// A page of the library, more comfortable. Everything works without this file.

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break; // not over plain HTTP: the text can still be marked
  button.hidden = false;
  const name = button.querySelector("span");
  const before = name.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    name.textContent = button.dataset.done;
    setTimeout(() => { name.textContent = before; }, 3000);
  });
}
