/** Text in a copy's HTML. Slots pass: they are no character that means anything there. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
