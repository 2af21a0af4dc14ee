// Follows a list's history, a post's page or an import by server-sent events. The server sends the finished parts of the page.

const againMs = 5000;

// A browser opens six connections to a server: a page that nobody looks at gives its own back.
export function followLive(place) {
  let source;
  let waiting;
  const open = () => {
    source = new EventSource(place.dataset.live);
    source.addEventListener("post", (event) => showPost(place, JSON.parse(event.data)));
    source.addEventListener("progress", (event) => showProgress(place, JSON.parse(event.data)));
    source.addEventListener("poll", (event) => showTally(JSON.parse(event.data)));
    source.addEventListener("import", (event) => showImport(place, JSON.parse(event.data)));
    source.addEventListener("open", () => showLost(place, false));
    source.addEventListener("error", async () => {
      showLost(place, true);
      // The browser tries again by itself, unless it was given another answer than a stream.
      if (source.readyState !== EventSource.CLOSED) return;
      if (await isOver(place)) location.reload();
      else waiting = setTimeout(open, againMs);
    });
  };
  const close = () => {
    clearTimeout(waiting);
    source?.close();
  };
  document.addEventListener("visibilitychange", () => {
    close();
    if (document.visibilityState === "visible") open();
  });
  addEventListener("pagehide", close);
  if (document.visibilityState === "visible") open();
}

// Whether the session has ended or the page's subject is gone: then the page must go too.
async function isOver(place) {
  const asked = { method: "HEAD", headers: { Accept: "text/event-stream" } };
  const answer = await fetch(place.dataset.live, asked).catch(() => undefined);
  return [401, 403, 404].includes(answer?.status);
}

function showLost(place, isLost) {
  const note = place.querySelector("[data-lost]");
  note.textContent = isLost ? note.dataset.lost : "";
  note.hidden = !isLost;
}

function showPost(place, { id, html }) {
  const row = parse(html).firstElementChild;
  const list = place.querySelector("[data-posts]");
  const before = list.querySelector(`[data-post="${Number(id)}"]`);
  if (before === null) {
    list.prepend(row);
    row.classList.add("fresh");
    place.querySelector("[data-empty]")?.remove();
    // The first page shows the last ones alone.
    const most = Number(list.dataset.most ?? Infinity);
    while (list.children.length > most) list.lastElementChild.remove();
  } else if (before.contains(document.activeElement)) {
    // Whoever has the row in focus keeps it.
    before.replaceWith(row);
    row.querySelector("a").focus();
  } else {
    before.replaceWith(row);
  }
}

function showProgress(place, { state, progress, actions }) {
  place.querySelector("[data-progress]").replaceChildren(...parse(progress).childNodes);
  if (state !== place.dataset.state) {
    place.querySelector("[data-actions]").replaceChildren(...parse(actions).childNodes);
    place.dataset.state = state;
  }
  say(place, state);
  showRows();
}

function showTally({ html }) {
  document.querySelector("[data-tally]")?.replaceChildren(...parse(html).childNodes);
  showRows();
}

// Another state is another page.
function showImport(place, { state, html }) {
  if (state !== place.dataset.state) return location.reload();
  place.querySelector("[data-progress]").replaceChildren(...parse(html).childNodes);
  say(place, state);
}

const rowsEveryMs = 2500;
let rowsAt = 0;
let rowsWaiting;

// The table below follows at its own pace: the page is asked again, and its rows taken, unless somebody is at work in them.
function showRows() {
  const wait = rowsAt + rowsEveryMs - performance.now();
  clearTimeout(rowsWaiting);
  rowsWaiting = setTimeout(
    async () => {
      rowsAt = performance.now();
      const rows = document.querySelector("[data-rows]");
      if (rows === null || rows.contains(document.activeElement) || rows.querySelector("details[open]") !== null)
        return;
      const answer = await fetch(location.href).catch(() => undefined);
      if (answer?.ok !== true) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-rows]");
      if (fresh !== null) rows.replaceChildren(...fresh.childNodes);
    },
    Math.max(0, wait),
  );
}

const sayEveryMs = 10_000;

// Screen readers are told now and then, and at each change of state; not twice a second.
function say(place, state) {
  const line = place.querySelector("[data-say]");
  const now = performance.now();
  if (line.dataset.state === state && now - Number(line.dataset.at) < sayEveryMs) return;
  line.dataset.state = state;
  line.dataset.at = String(now);
  line.textContent = [".state", "[data-text]"]
    .map((part) => place.querySelector(`[data-progress] ${part}`)?.textContent ?? "")
    .join(" ");
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
