// Writing a mail: what is typed is saved after a pause, and the page says whom it reaches while the conditions change.

import { attachFiles } from "./attach.js";

const keepAfterMs = 1500;
const lookAfterMs = 350;

export function compose(form) {
  document.documentElement.classList.add("scripted");
  const keeper = new Keeper(form);
  const reach = new Reach(form);
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    keeper.changed();
    if (["subject", "text"].includes(event.target.name)) reach.later();
    else reach.changed();
  });
  form.addEventListener("click", (event) => {
    const insert = event.target.closest("[data-insert]");
    if (insert) return insertText(form.elements.text, insert.dataset.insert);
    const add = event.target.closest("[data-add-row]");
    if (add === null) return undefined;
    event.preventDefault();
    addRow(form);
  });
  form.addEventListener("submit", () => keeper.stop());
  attachFiles(form, keeper);
  reach.goOn();
}

// A form as it would be sent, files aside.
function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  return fields;
}

async function send(path, fields) {
  const options = { method: "POST", body: fields, headers: { Accept: "application/json" } };
  const answer = await fetch(path, options).catch(() => undefined);
  const isOurs = answer?.headers.get("Content-Type")?.startsWith("application/json") === true;
  return { status: answer?.status ?? 0, content: isOurs ? await answer.json() : undefined };
}

class Keeper {
  #form;
  #timer;
  #running = Promise.resolve();
  #isOver = false;

  constructor(form) {
    this.#form = form;
  }

  changed() {
    clearTimeout(this.#timer);
    if (!this.#isOver) this.#timer = setTimeout(() => this.keep(), keepAfterMs);
  }

  // The form itself is on its way.
  stop() {
    clearTimeout(this.#timer);
    this.#isOver = true;
    // Back from a page that was kept, or from one that could not be reached, saving goes on.
    addEventListener("pageshow", () => (this.#isOver = false), { once: true });
    setTimeout(() => (this.#isOver = false), 10_000);
  }

  // One at a time: each carries the edition that the one before has made.
  keep() {
    clearTimeout(this.#timer);
    this.#running = this.#running.then(() => this.#keep());
    return this.#running;
  }

  async #keep() {
    if (this.#isOver) return;
    const { base, failed, signedOut } = this.#form.dataset;
    const id = this.#form.elements.composition.value;
    const { status, content } = await send(id === "" ? `${base}/keep` : `${base}/${id}/keep`, fieldsOf(this.#form));
    if (status === 200 && content !== undefined) {
      this.#note(content.said, false);
      this.#form.elements.edition.value = String(content.edition);
      if (id === "") this.#settle(content.id);
      return;
    }
    if (status === 409) this.#isOver = true;
    this.#note(status === 409 ? content.said : status === 401 ? signedOut : failed, true);
  }

  // The new draft has a page of its own from now on.
  #settle(id) {
    const path = `${this.#form.dataset.base}/${id}`;
    this.#form.elements.composition.value = String(id);
    this.#form.action = path;
    history.replaceState(null, "", path);
  }

  #note(text, isBad) {
    const note = this.#form.querySelector("[data-kept]");
    note.textContent = text;
    note.classList.toggle("bad", isBad);
  }
}

class Reach {
  #form;
  #timer;
  #asked = 0;

  constructor(form) {
    this.#form = form;
  }

  changed() {
    this.#wait(lookAfterMs);
  }

  later() {
    this.#wait(keepAfterMs);
  }

  #wait(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), ms);
  }

  async #look() {
    const asked = ++this.#asked;
    const place = this.#form.querySelector("[data-reach]");
    place.classList.add("busy");
    const { content } = await send(`${this.#form.dataset.base}/look`, fieldsOf(this.#form));
    if (asked !== this.#asked) return;
    place.classList.remove("busy");
    if (content === undefined) return;
    place.innerHTML = content.html;
    this.#choices(content);
    this.#unknown(content.unknown);
    await this.goOn();
  }

  // Of a large list the number comes in pieces.
  async goOn() {
    const asked = this.#asked;
    const text = () => this.#form.querySelector("[data-reach-text]");
    for (let { next, count } = text().dataset; next;) {
      const fields = fieldsOf(this.#form);
      fields.set("from", next);
      fields.set("counted", count);
      const { content } = await send(`${this.#form.dataset.base}/look`, fields);
      if (content === undefined || asked !== this.#asked) return;
      text().textContent = content.text;
      ({ next, count } = content);
    }
  }

  #choices({ senders, fields, inserts }) {
    replaceOptions(this.#form.elements.sender, senders);
    for (const select of this.#form.querySelectorAll("[data-fields]")) replaceOptions(select, fields);
    const place = this.#form.querySelector("[data-inserts]");
    if (!place.contains(document.activeElement)) place.innerHTML = inserts;
  }

  #unknown(text) {
    const note = this.#form.querySelector("[data-unknown]");
    note.textContent = text;
    note.hidden = text === "";
  }
}

// What was chosen stays, also where it is no choice any more, so that the page can say so.
function replaceOptions(select, html) {
  const chosen = select.selectedOptions[0];
  const kept = chosen?.cloneNode(true);
  select.innerHTML = html;
  if (chosen === undefined || chosen.value === "") return;
  if (![...select.options].some((option) => option.value === kept.value) && select.name !== "sender")
    select.append(kept);
  select.value = kept.value;
  if (select.selectedIndex < 0) select.value = "";
}

function addRow(form) {
  const rows = form.querySelectorAll("[data-row]");
  const last = rows[rows.length - 1];
  const row = last.cloneNode(true);
  const count = rows.length;
  for (const field of row.querySelectorAll("select, input")) {
    field.name = field.name.replace(/\d+$/, String(count));
    field.id = field.name;
    field.removeAttribute("aria-invalid");
    if (field.tagName === "INPUT") field.value = "";
    else field.selectedIndex = 0;
  }
  for (const label of row.querySelectorAll("label")) label.htmlFor = label.htmlFor.replace(/\d+$/, String(count));
  row.querySelector(".fault")?.remove();
  row.classList.remove("bad");
  for (const named of [row, ...row.querySelectorAll("label")]) {
    const text = named === row ? row.getAttribute("aria-label") : named.textContent;
    const next = text.replace(/\d+/, String(count + 1));
    if (named === row) row.setAttribute("aria-label", next);
    else named.textContent = next;
  }
  last.after(row);
  row.querySelector("select").focus();
}

function insertText(area, text) {
  const { selectionStart: start, selectionEnd: end } = area;
  area.setRangeText(text, start, end, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
