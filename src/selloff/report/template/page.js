"use strict";
// The way from a number to where it comes from, and tables that can be searched and sorted.
document.documentElement.classList.add("scripted");

// Open the fold around a place and go there.
function show(id) {
  const place = document.getElementById(id);
  if (!place) return;
  for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  const fold = place.querySelector(":scope > details");
  if (fold) fold.open = true;
  place.scrollIntoView({ block: place.matches("tr") ? "center" : "start" });
  place.classList.add("found");
}

// What the annex says of a number: each cell of its row under its heading.
function tell(link) {
  const row = document.getElementById(link.hash.slice(1));
  if (!row) return false;
  const dialog = document.getElementById("trace");
  const box = dialog.firstElementChild;
  box.replaceChildren(element("h2", row.cells[0].textContent, { id: "trace-name" }));
  const list = element("dl");
  const how = link.dataset.run.includes("/") ? `within ${link.dataset.run.split("/")[1].replaceAll("_", " ")}` : "";
  list.append(element("dt", "Here"), element("dd", `${link.textContent} ${how}`));
  list.append(element("dt", "Formula"), element("dd", link.dataset.f));
  for (const cell of [...row.cells].slice(1)) {
    const held = element("dd");
    held.append(...[...cell.childNodes].map((one) => one.cloneNode(true)));
    list.append(element("dt", cell.dataset.head), held);
  }
  const command = document.querySelector("#annex pre").textContent;
  list.append(element("dt", "Again"), element("dd", command));
  box.append(list);
  dialog.showModal();
  return true;
}

function element(tag, text = "", more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, more);
}

function find(table, text) {
  const wanted = text.trim().toLowerCase();
  for (const row of table.tBodies[0].rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
}

// Numbers by size, words by alphabet; a second press turns the order.
function sort(table, at, head) {
  const turned = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", turned > 0 ? "ascending" : "descending");
  const key = (row) => row.cells[at].textContent.trim();
  const number = (text) => parseFloat(text.replaceAll("−", "-").replace(/[^0-9.e+-]/, "").replaceAll(",", ""));
  const rows = [...table.tBodies[0].rows].sort((one, two) => {
    const [a, b] = [number(key(one)), number(key(two))];
    const order = Number.isNaN(a) || Number.isNaN(b) ? key(one).localeCompare(key(two)) : a - b;
    return turned * order;
  });
  table.tBodies[0].append(...rows);
}

for (const fold of document.querySelectorAll(".sorted")) {
  const table = fold.querySelector("table");
  const names = [...table.tHead.rows[0].cells].map((head) => head.textContent);
  for (const row of table.tBodies[0].rows) [...row.cells].forEach((cell, at) => (cell.dataset.head = names[at]));
  fold.querySelector("input").addEventListener("input", (event) => find(table, event.target.value));
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = element("button", head.textContent, { type: "button" });
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(table, at, head));
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  if (link.matches(".n") && tell(link)) return event.preventDefault();
  document.getElementById("trace").close();
  if (link.dataset.find) {
    const input = document.querySelector("#parameters input");
    input.value = link.dataset.find;
    find(document.querySelector("#parameters table"), input.value);
  }
  event.preventDefault();
  history.replaceState(null, "", link.hash);
  show(link.hash.slice(1));
});

// Paper opens the levels, and with the whole page every fold.
window.addEventListener("beforeprint", () => {
  const all = document.documentElement.dataset.print === "all";
  for (const fold of document.querySelectorAll(all ? "main details:not(.twin, .sorted)" : ".desk details")) {
    if (!fold.open) fold.dataset.opened = "";
    fold.open = true;
  }
});
window.addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-opened]")) {
    fold.open = false;
    delete fold.dataset.opened;
  }
});

document.getElementById("whole").addEventListener("change", (event) => {
  document.documentElement.dataset.print = event.target.checked ? "all" : "";
});
if (location.hash) show(location.hash.slice(1));
