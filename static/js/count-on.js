// Of a large list the number comes in pieces: the page's heading goes on to the last of them.

export async function countOn(place) {
  document.documentElement.classList.add("scripted");
  for (let { next, count } = place.dataset; next;) {
    const asked = `${place.dataset.countOn}?${new URLSearchParams({ from: next, counted: String(count) })}`;
    const answer = await fetch(asked, { headers: { Accept: "application/json" } }).catch(() => undefined);
    if (answer?.ok !== true) return;
    const content = await answer.json();
    place.textContent = content.text;
    ({ next, count } = content);
  }
}
