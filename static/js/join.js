// The join form, more comfortable: find one's organisation by typing. Without this file the list works as it is.

const form = document.getElementById("join");
const find = document.getElementById("find");
const other = document.getElementById("other");
const list = form.querySelector(".organisations");
const rows = [...list.children];
const radio = (row) => row.querySelector("input[type=radio]");
const otherRow = other.closest(".other");
const otherName = otherRow.querySelector(".name");
const plainOther = otherName.textContent;

/** "Åhléns AB" and "ahlens ab" are one when searching. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

function filter() {
  const wanted = plain(find.value);
  for (const row of rows) row.hidden = row !== otherRow && !plain(row.textContent).includes(wanted);
  const exact = rows.some((row) => row !== otherRow && plain(row.textContent) === wanted);
  otherRow.hidden = Boolean(wanted) && exact;
  otherName.textContent = wanted && !exact ? find.dataset.add.replace("{}", find.value.trim()) : plainOther;
}

/** Enter in the search chooses the one that is left, or adds what was typed; it never sends the form half-filled. */
function chooseByEnter(event) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const left = rows.filter((row) => !row.hidden && row !== otherRow);
  const chosen = radio(left.length === 1 ? left[0] : otherRow);
  if (!find.value.trim() || (left.length > 1)) return;
  chosen.click();
  document.getElementById("name").focus();
}

/** With a search that found nothing, "another" means what was typed there. */
function takeTyped(event) {
  if (event.target !== radio(otherRow)) return;
  if (find.value.trim()) other.value = find.value.trim();
  if (!other.value) other.focus();
}

form.querySelector(".find").hidden = false;
find.addEventListener("input", filter);
find.addEventListener("keydown", chooseByEnter);
list.addEventListener("change", takeTyped);
other.addEventListener("input", () => { radio(otherRow).checked = true; });

const chosen = list.querySelector(":checked")?.closest(".choice");
if (chosen) list.scrollTop = chosen.offsetTop - list.offsetTop - chosen.offsetHeight;
