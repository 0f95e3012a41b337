// Keeps the keyboard where the user is. An answer replaces the button that gave it, and Streamlit
// then leaves the focus at the top of the page: who works without a mouse would have to start
// again after every answer, and a screen reader would not say what came in its place.
(() => {
  if (window.leidraadFocus) return;
  window.leidraadFocus = true;

  const HEADING = "h1, h2, h3, h4, h5, h6";
  const FIELD = "input, textarea, select, [role=spinbutton]";
  const CONTROL = `a[href], button, summary, ${FIELD}`;
  const DECISION = '[class*="st-key-besluit_"]:not([class*="st-key-besluit_houden_"])';
  const ERROR = '[class*="st-key-fout_"]';

  // What a control is for, when that is not where it stands itself.
  const LEADS_TO = [
    ["st-key-nieuwe_casus", ".st-key-formulier_nieuw"],
    ["st-key-nieuw_annuleren", ".st-key-nieuwe_casus"],
    ["st-key-wijzig_", '[class*="st-key-vraag_kaart"]'],
    ["st-key-kies_vraag_", '[class*="st-key-vraag_kaart"]'],
    ["st-key-blik_terug_", '[class*="st-key-terugblik_"]:has(details[open])'],
    ["st-key-waarom_niet", null],
    ["st-key-waarom_", ".st-key-vlak_redenering"],
  ];

  let last = null; // the control that was used last
  let way = []; // the keyed areas that it stood in, from the inside out
  let asked = null; // where the control that was pressed leads to
  let sent = false; // whether it sent a form
  let pressed = false; // whether anything was pressed since the page was last drawn

  const keysOf = (element) =>
    [...element.classList].filter((name) => name.startsWith("st-key-"));

  const remember = (element) => {
    last = element;
    way = [];
    for (let one = element; one; one = one.parentElement) way.push(...keysOf(one));
  };

  const press = (event) => {
    const control = event.target.closest?.(CONTROL);
    if (!control) return;
    remember(control);
    pressed = true;
    const found = LEADS_TO.find(([start]) => way.some((key) => key.startsWith(start)));
    asked = found ? found[1] : null;
    sent = Boolean(control.closest('[data-testid="stFormSubmitButton"]'));
    if (way.includes("st-key-terug_naar_stap")) {
      event.preventDefault();
      go(document.querySelector(".st-key-gekozen_kaart button"));
    }
  };

  // The card of a question takes turns with its number, and that of an advice with its status.
  const area = (key) =>
    document.querySelector(`.${CSS.escape(key)}`) ??
    (key.startsWith("st-key-vraag_kaart")
      ? document.querySelector('[class*="st-key-vraag_kaart"]')
      : null);

  const home = () => {
    for (const key of way) {
      const found = area(key);
      if (found) return found;
    }
    return document.querySelector('[data-testid="stMain"]');
  };

  // What is new in an area comes first: a form that opened, a decision that was recorded.
  const landing = (place) =>
    (place.matches('[data-testid="stMain"]') && place.querySelector("h1")) ||
    place.querySelector(`[class*="st-key-formulier_"] :is(${HEADING})`) ||
    place.querySelector(DECISION) ||
    place.querySelector(HEADING) ||
    place.querySelector(CONTROL) ||
    document.querySelector(`[data-testid="stMain"] ${HEADING}`);

  const go = (target) => {
    if (!target) return;
    if (!target.matches(CONTROL)) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    const box = target.getBoundingClientRect();
    if (target.matches("h1")) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    else if (box.top < 80 || box.bottom > window.innerHeight)
      target.scrollIntoView({ block: "start" });
  };

  // A field says itself that it is wrong and why; the message below it is only seen.
  const tieErrors = () => {
    for (const field of document.querySelectorAll("[data-leidraad-fout]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      delete field.dataset.leidraadFout;
    }
    let first = null;
    for (const [number, error] of document.querySelectorAll(ERROR).entries()) {
      const before = error.closest('[data-testid="stLayoutWrapper"]')?.previousElementSibling;
      error.id = `leidraad-fout-${number}`;
      for (const field of before?.querySelectorAll(FIELD) ?? []) {
        first ??= field;
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", error.id);
        field.dataset.leidraadFout = "";
      }
      first ??= error;
    }
    return first;
  };

  // The page is drawn a moment after the app says that it is done; on a slow machine it takes more.
  const settle = (again = 5) => {
    const wrong = tieErrors();
    const lost = !document.activeElement || document.activeElement === document.body;
    const place = asked && document.querySelector(asked);
    // That something went wrong stands at the top of the page, which can be out of sight.
    const told = pressed && document.querySelector(".st-key-meldingen_fout");
    if (told) go(told);
    else if (sent && wrong) go(wrong);
    else if (place) go(landing(place));
    else if (lost && last && !last.isConnected) go(landing(home()));
    else if ((sent || asked) && again) return void setTimeout(settle, 100, again - 1);
    asked = null;
    sent = false;
    pressed = false;
  };

  // The browser brings the control itself into sight. That of an option is an invisible dot at the
  // top of its label, so what the user has to read could stay below the edge of the window.
  const bring = (element) => {
    if (element.matches("[type=radio], [type=checkbox]"))
      element.closest("label")?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("focusin", ({ target }) => {
    remember(target);
    bring(target);
  });
  document.addEventListener("click", press, true);

  // The app says on one element whether it is at work; only that is watched.
  const watch = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app) return void requestAnimationFrame(watch);
    new MutationObserver(() => {
      if (app.dataset.testScriptState !== "notRunning") return;
      // What is out of date is taken away just after.
      requestAnimationFrame(() => requestAnimationFrame(() => settle()));
    }).observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
  };
  watch();
})();
