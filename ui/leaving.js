// Asks before a page is left with text that the app has not got yet. What stands in a field is sent
// when the field is left, and what stands in a form when its button is pressed.
(() => {
  if (window.leidraadLeaving) return;
  window.leidraadLeaving = true;

  const TEXT = '[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input';
  const FORM = '[data-testid="stForm"]';
  const typed = new Set();

  document.addEventListener("input", ({ target }) => {
    if (target.matches?.(TEXT)) typed.add(target);
  });
  document.addEventListener("focusout", ({ target }) => {
    if (!target.closest?.(FORM)) typed.delete(target);
  });
  // A button of a form sends all that stands in it.
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.('[data-testid="stFormSubmitButton"]')) return;
    for (const field of typed) if (field.closest(FORM)) typed.delete(field);
  });
  window.addEventListener("beforeunload", (event) => {
    for (const field of typed)
      if (field.isConnected && field.value.trim()) return void event.preventDefault();
  });
})();
