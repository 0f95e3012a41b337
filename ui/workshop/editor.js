// A text area with the colours of YAML behind it, and a mark in the margin of a line with a finding.
// It is a plain text area to the browser and to a screen reader: Tab leaves it, undo works, and what
// was found stands below it as buttons that lead to the place. Nothing is fetched.
const WAIT = 500; // milliseconds without a key before the text is sent

const TOKEN = new RegExp(
  [
    String.raw`("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')`,
    String.raw`((?<=^|\s)#.*$)`,
    String.raw`((?<=^\s*(?:- )*|[{,]\s*)[\w.-]+(?=:(?:\s|$)))`,
    String.raw`(\b\d{4}-\d\d-\d\d\b|(?<![\w.-])-?\d+(?![\w.-]))`,
  ].join("|"),
  "g",
);
const KINDS = ["quoted", "remark", "key", "number"];

// One line as nodes: words are text, and what has a meaning gets a class.
const painted = (line) => {
  const row = document.createElement("div");
  let at = 0;
  for (const found of line.matchAll(TOKEN)) {
    row.append(line.slice(at, found.index));
    const span = document.createElement("span");
    span.className = KINDS[found.slice(1).findIndex(Boolean)];
    span.textContent = found[0];
    row.append(span);
    at = found.index + found[0].length;
  }
  row.append(line.slice(at) || (at ? "" : "\u200b"));
  return row;
};

const startOf = (text, line) => text.split("\n").slice(0, line - 1).join("\n").length + (line > 1);

const indented = (area) => {
  const before = area.value.slice(0, area.selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const lead = line.match(/^\s*(?:- )?/)[0].replace("-", " ");
  return lead + (/:\s*$/.test(line) ? "  " : "");
};

const begin = (root, data, send) => {
  const area = root.querySelector("textarea");
  const back = root.querySelector(".back");
  let lines = [];
  let timer = 0;
  let sent = "";

  const paint = () => {
    const now = area.value.split("\n");
    let top = 0;
    while (top < now.length && top < lines.length && now[top] === lines[top]) top += 1;
    let end = 0;
    const most = Math.min(now.length, lines.length) - top;
    while (end < most && now[now.length - 1 - end] === lines[lines.length - 1 - end]) end += 1;
    const stays = back.children[lines.length - end] ?? null;
    for (let gone = lines.length - end - top; gone > 0; gone -= 1) back.children[top].remove();
    const came = now.slice(top, now.length - end).map(painted);
    for (const row of came) back.insertBefore(row, stays);
    lines = now;
  };

  const pass = () => {
    clearTimeout(timer);
    if (area.value === sent) return;
    sent = area.value;
    send(sent);
  };

  area.addEventListener("input", () => {
    paint();
    clearTimeout(timer);
    timer = setTimeout(pass, WAIT);
  });
  area.addEventListener("blur", pass);
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    // The only way to insert text that undo knows of.
    document.execCommand("insertText", false, `\n${indented(area)}`);
  });

  const goTo = ({ line, column }) => {
    const place = startOf(area.value, line) + Math.max(column - 1, 0);
    area.focus({ preventScroll: true });
    area.setSelectionRange(place, place);
    back.children[line - 1]?.scrollIntoView({ block: "center" });
  };

  root.querySelector("label").textContent = data.label;
  area.value = data.text;
  sent = data.text;
  paint();

  return {
    mark({ marks, summary }) {
      root.querySelector("output").textContent = summary;
      for (const row of back.children) row.removeAttribute("data-mark");
      const list = root.querySelector("ul");
      list.replaceChildren();
      // From the mildest to the worst, so that the worst is what the margin shows.
      for (const one of [...marks].reverse())
        back.children[one.line - 1]?.setAttribute("data-mark", one.error ? "fout" : "let op");
      for (const one of marks) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = one.error ? "fout" : "letop";
        const place = document.createElement("strong");
        place.textContent = one.place;
        button.append(place, ` ${one.text}`);
        button.addEventListener("click", () => goTo(one));
        const item = document.createElement("li");
        item.append(button);
        list.append(item);
      }
      area.setAttribute("aria-invalid", String(marks.some((one) => one.error)));
    },
    stop: pass,
  };
};

// Drawn again with every answer of the app; what was typed meanwhile stays.
export default function ({ parentElement, data, setStateValue }) {
  const editor = (parentElement.leidraad ??= begin(parentElement, data, (text) =>
    setStateValue("text", text),
  ));
  editor.mark(data);
  return editor.stop;
}
