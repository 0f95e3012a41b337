// Streamlit has words of its own, in English: in names that only a screen reader says, and in a few
// places on the screen. They are put into Dutch as they appear. tests/e2e/test_access.py looks for
// English that is left.
(() => {
  if (window.leidraadDutch) return;
  window.leidraadDutch = true;
  // Streamlit says that every page is English. Screen readers would then read Dutch as English, and
  // browsers would offer to translate it.
  document.documentElement.lang = "nl";

  const WORDS = {
    "App pages": "Pagina's",
    "Add files": "Nog een bestand",
    "Cancel upload": "Stop",
    "Choose an option": "Maak een keuze",
    "Choose date": "Kies een datum",
    "Choose options": "Kies een of meer",
    "Clear all": "Alles weghalen",
    "Clear date": "Datum weghalen",
    "Clear entry": "Invoer weghalen",
    "Clear value": "Keuze weghalen",
    "Close": "Sluiten",
    "Close fullscreen": "Terug naar de pagina",
    "Collapse sidebar": "Menu sluiten",
    "Connecting to Streamlit server": "Verbinding maken met Leidraad",
    "Connection error": "Geen verbinding met Leidraad",
    "Connection timed out.": "Leidraad antwoordt niet.",
    "Copied": "Gekopieerd",
    "Copy to clipboard": "Kopieer",
    "Decrement": "Eén minder",
    "Dismiss": "Sluiten",
    "Drag and drop a file here": "Sleep een bestand hierheen",
    "Expand sidebar": "Menu openen",
    "Fullscreen": "Hele scherm",
    "Increment": "Eén meer",
    "Link to heading": "Link naar deze kop",
    "Main menu": "Menu",
    "Multiselect options": "Keuzes",
    "Navigate to home page": "Naar de eerste pagina",
    "Next month": "Volgende maand",
    "Next page": "Volgende bladzijde",
    "No results": "Niets gevonden",
    "Notifications": "Meldingen",
    "Open": "Toon de keuzes",
    "Pagination": "Bladzijden",
    "Page not found": "Deze pagina is er niet",
    "Previous month": "Vorige maand",
    "Previous page": "Vorige bladzijde",
    "Running...": "Leidraad is bezig",
    "Select all": "Kies alles",
    "Selectbox options": "Keuzes",
    "Selected values": "Gekozen",
    "Sidebar": "Zijbalk",
    "Skip to main content": "Naar de inhoud",
    "Stop": "Stoppen",
    "Stopping...": "Stopt",
    "streamlit run yourscript.py": "make app",
    "Upload": "Kies een bestand",
    "yyyy": "jjjj",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Kies met de pijltjes en Enter. Sluit met Escape.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Wat u vastlegde, is bewaard. Start Leidraad opnieuw in de terminal:",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Leidraad antwoordt niet. Wat u vastlegde, is bewaard. Probeer het zo nog eens.",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Het adres klopt niet. U ziet nu de eerste pagina.",
  };
  const MONTHS = {
    January: "januari", February: "februari", March: "maart", April: "april", May: "mei",
    June: "juni", July: "juli", August: "augustus", September: "september", October: "oktober",
    November: "november", December: "december",
  };
  const PARTS = { day: "dag", month: "maand", year: "jaar" };
  const SENTENCES = [
    [/^Help for (.+)$/s, (_, about) => `Uitleg bij ${about}`],
    [/^Remove (.+)$/s, (_, what) => `${what} weghalen`],
    [/^Select (\d+) matches$/, (_, count) => `Kies deze ${count}`],
    [/^(?:View )?(\d+) more$/, (_, count) => `Nog ${count}`],
    [/^View less$/i, () => "Minder"],
    [/^Page (\d+)$/, (_, number) => `Bladzijde ${number}`],
    [/^([\d.]+)MB per file$/, (_, most) => `hoogstens ${most} MB`],
    [/^File must be ([\d.]+?)(?:\.0)?MB or smaller\.$/,
      (_, most) => `Dit bestand is te groot: hoogstens ${most} MB.`],
    [/^Choose date, (.+)$/, (_, what) => `Kies een datum, ${what}`],
    [/^(day|month|year), (.+)$/s, (_, part, about) => `${PARTS[part]}, ${about}`],
    [/^(\d+ – )([A-Z][a-z]+)$/, (whole, number, name) => number + (MONTHS[name] ?? name)],
    [/^Selected Date: ([A-Z][a-z]+) (\d+), (\d+)$/,
      (_, month, day, year) => `Gekozen datum: ${day} ${MONTHS[month] ?? month} ${year}`],
  ];
  const NAMES = ["aria-label", "title", "placeholder", "aria-valuetext"];
  const NAMED = NAMES.map((name) => `[${name}]`).join();
  // Only where Streamlit writes: what users and the rules say is never touched.
  const PLACES = [
    '[data-testid="stSkipToContent"]', '[data-testid="stTopNav"]', '[data-testid="stSidebarNav"]',
    '[data-testid="stStatusWidget"]', '[data-testid="stDialog"]', '[role="dialog"]',
    '[role="listbox"]', '[id^="react-aria-description"]', "[data-live-announcer]",
    '[data-testid="stFileUploader"]', '[data-testid="stTooltipContent"]', '[data-testid^="stDateInput"]',
  ].join();

  const translated = (text) => {
    const said = text.trim();
    if (Object.hasOwn(WORDS, said)) return WORDS[said];
    for (const [pattern, dutch] of SENTENCES)
      if (pattern.test(said)) return said.replace(pattern, dutch);
    return text;
  };
  // A label with Markdown is drawn without its signs; in the name that is said they would be read.
  const unmarked = (text) => text.replace(/\\([^\w\s])|\*\*/g, (_, sign) => sign ?? "");

  const rename = (element, name) => {
    const before = element.getAttribute(name);
    if (!before) return;
    if (name === "aria-label" && element.role === "img" && / icon$/.test(before)) {
      // The word beside an icon says the same, and the icon's own name is English.
      element.setAttribute("aria-hidden", "true");
      element.removeAttribute(name);
      return;
    }
    const after = unmarked(translated(before));
    if (after !== before) element.setAttribute(name, after);
  };
  const reword = (text) => {
    if (!text.parentElement?.closest(PLACES)) return;
    const after = translated(text.data);
    if (after !== text.data) text.data = after;
  };
  const all = (root) => {
    for (const element of [root, ...root.querySelectorAll(NAMED)])
      for (const name of NAMES) rename(element, name);
    const places = root.closest(PLACES) ? [root] : root.querySelectorAll(PLACES);
    for (const place of places) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) reword(texts.currentNode);
    }
  };
  new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "attributes") rename(target, attributeName);
      else if (type === "characterData") reword(target);
      else
        for (const node of addedNodes)
          if (node.nodeType === Node.ELEMENT_NODE) all(node);
          else if (node.nodeType === Node.TEXT_NODE) reword(node);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES,
  });
  all(document.body);
})();
