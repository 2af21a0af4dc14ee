// The questions of a poll: one more, one less, ready-made ones, without a way to the server. Without scripts the buttons send the form.

const most = 50;

export function editPoll(place) {
  const list = place.querySelector("[data-poll-questions]");
  const blank = list.firstElementChild.cloneNode(true);
  empty(blank);

  const add = (typed = {}) => {
    if (list.children.length >= most) return undefined;
    const row = list.appendChild(blank.cloneNode(true));
    for (const [name, value] of Object.entries(typed)) row.querySelector(`[name^="${name}-"]`).value = value;
    number(list);
    return row;
  };
  const addMade = (made) => {
    for (const row of [...list.children]) if (isEmpty(row)) row.remove();
    const rows = made.map((typed) => add({ ...typed, kind: "one" }));
    focusOn(rows[0]);
  };

  place.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="poll-do"]');
    if (button === null) return;
    event.preventDefault();
    const { question, choices } = JSON.parse(button.dataset.pollPreset ?? "{}");
    if (button.value === "add") focusOn(add());
    else if (button.value === "dates")
      makeDates(place, (date) => ({ question: date, choices: choices.join("\n") }), addMade);
    else if (choices !== undefined) addMade([{ question, choices: choices.join("\n") }]);
    else remove(list, button.closest("li"), add);
    // Whoever keeps drafts hears of it.
    place.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function makeDates(place, asQuestion, addMade) {
  const field = place.querySelector('[name="poll-dates"]');
  const dates = field.value
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (dates.length === 0) return field.focus();
  field.value = "";
  addMade(dates.map(asQuestion));
}

function remove(list, row, add) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  number(list);
  focusOn(next ?? add());
}

// Names, labels and headings count from 1 again.
function number(list) {
  for (const [index, row] of [...list.children].entries()) {
    for (const part of row.querySelectorAll("[name], [for], [id], [value], [aria-describedby]"))
      for (const name of ["name", "for", "id", "value", "aria-describedby"])
        if (/^(question|kind|choices|remove)-\d+/.test(part.getAttribute(name) ?? ""))
          part.setAttribute(name, part.getAttribute(name).replace(/-\d+/g, `-${index + 1}`));
    for (const part of row.querySelectorAll("[data-poll-text]"))
      part.textContent = part.dataset.pollText.replace("{n}", String(index + 1));
  }
}

function empty(row) {
  for (const fault of row.querySelectorAll(".fault")) fault.remove();
  for (const bad of row.querySelectorAll(".bad")) bad.classList.remove("bad");
  for (const field of row.querySelectorAll("input, textarea")) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    field.removeAttribute("value");
    field.textContent = "";
    field.value = "";
  }
  for (const option of row.querySelectorAll("option")) option.removeAttribute("selected");
}

function isEmpty(row) {
  return [...row.querySelectorAll("input, textarea")].every((field) => field.value.trim() === "");
}

function focusOn(row) {
  row?.querySelector("input")?.focus();
}
