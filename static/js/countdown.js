// How long something can still be called back, second by second: by the time that has passed here, whatever this clock shows.

export function countDown() {
  const begun = new WeakMap();
  setInterval(() => {
    for (const place of document.querySelectorAll("[data-seconds]")) {
      const since = begun.get(place) ?? performance.now();
      begun.set(place, since);
      const left = Math.max(0, Math.ceil(Number(place.dataset.seconds) - (performance.now() - since) / 1000));
      place.textContent = place.dataset.said.replace("{n}", String(left));
    }
  }, 250);
}
