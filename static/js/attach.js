// Files that are chosen go up at once, one after another, while the mail is written; the page shows the list that the server has.

export function attachFiles(form, keeper) {
  const place = form.querySelector("[data-attachments]");
  const arm = () => {
    const input = place.querySelector("[type=file]");
    input.multiple = true;
    input.addEventListener("change", () => sendAll(form, place, keeper).then(arm), { once: true });
  };
  arm();
}

async function sendAll(form, place, keeper) {
  const files = [...place.querySelector("[type=file]").files];
  for (const file of files) {
    note(place, `${place.dataset.busy} ${file.name}`);
    // The draft must be there, and its edition the last one.
    await keeper.keep();
    const { value: id } = form.elements.composition;
    const answer = id === "" ? undefined : await send(form, id, file);
    if (answer?.html !== undefined) {
      place.innerHTML = answer.html;
      form.elements.edition.value = String(answer.edition);
    } else {
      note(place, answer?.said ?? place.dataset.broken);
      place.querySelector("[type=file]").value = "";
    }
    if (place.querySelector(".field.bad") !== null) return;
  }
}

async function send(form, id, file) {
  const body = new FormData();
  body.append("csrf", form.elements.csrf.value);
  body.append("edition", form.elements.edition.value);
  body.append("file", file);
  const options = { method: "POST", body, headers: { Accept: "application/json" } };
  const answer = await fetch(`${form.dataset.base}/${id}/attachments`, options).catch(() => undefined);
  const isOurs = answer?.headers.get("Content-Type")?.startsWith("application/json") === true;
  return isOurs ? answer.json() : undefined;
}

function note(place, text) {
  const line = place.querySelector("#file-fault");
  line.hidden = text === "";
  line.textContent = text;
}
