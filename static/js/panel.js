// What every page of the panel moves: live progress, copying an address, closing a question, and nothing old after signing out.
import { followLive } from "./live.js";
import { tellTime } from "./zone.js";
import { countPicks } from "./picks.js";
import { compose } from "./compose.js";
import { countDown } from "./countdown.js";
import { countOn } from "./count-on.js";
import { editPoll } from "./poll-form.js";

// A page that the browser kept may show what its reader may no longer see.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

for (const place of document.querySelectorAll("[data-live]")) followLive(place);
for (const place of document.querySelectorAll("[data-zone]")) tellTime(place);
for (const table of document.querySelectorAll("[data-picks]")) countPicks(table);
for (const place of document.querySelectorAll("[data-poll-form]")) editPoll(place);

for (const form of document.querySelectorAll("[data-compose]")) compose(form);
for (const heading of document.querySelectorAll("[data-count-on]")) countOn(heading);
countDown();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Choosing an order is enough; without scripts there is a button.
for (const select of document.querySelectorAll(".sorting select")) {
  select.form.querySelector("button").hidden = true;
  select.addEventListener("change", () => select.form.submit());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  // Without https or localhost there is no clipboard: the address can still be selected.
  if (navigator.clipboard === undefined) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const label = button.querySelector("span");
    const before = label.textContent;
    label.textContent = button.dataset.done;
    button.classList.add("done");
    setTimeout(() => {
      label.textContent = before;
      button.classList.remove("done");
    }, 2000);
  });
}

// "No, go on" closes its question without a way to the server and back.
document.addEventListener("click", (event) => {
  const question = event.target.closest("[data-close]")?.closest("details");
  if (!question) return;
  event.preventDefault();
  question.open = false;
  question.querySelector("summary").focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const question = event.target.closest?.("details.ask[open]");
  if (!question) return;
  question.open = false;
  question.querySelector("summary").focus();
});
