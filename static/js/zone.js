// Says what time it is in the zone that is being typed; what names no zone yet says nothing.

export function tellTime(place) {
  const field = document.getElementById(place.dataset.zoneField);
  field.addEventListener("input", () => {
    place.textContent = place.dataset.said.replace("{now}", timeIn(field.value.trim() || place.dataset.zone) ?? "…");
  });
}

function timeIn(timeZone) {
  try {
    const style = { timeZone, dateStyle: "full", timeStyle: "short" };
    return new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : "ja", style).format();
  } catch {
    return undefined;
  }
}
