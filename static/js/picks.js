// Ticking the rows of a table: all at once, and how many they are.

export function countPicks(table) {
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox]")];
  const head = table.querySelector("[data-pick-all]");
  const all = head.querySelector("input");
  const found = document.querySelector("[data-pick-found]");
  const note = document.querySelector("[data-picked]");
  // A table of one page has neither a count nor "all that were found".
  const isBulk = found !== null && note !== null;
  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    if (!isBulk) return;
    note.hidden = count === 0 || found.checked;
    note.closest("form").classList.toggle("idle", count === 0 && !found.checked);
    note.querySelector("b").textContent = String(count);
  };
  head.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  table.addEventListener("change", show);
  found?.addEventListener("change", show);
  // A browser that comes back to the page keeps the ticks.
  show();
}
