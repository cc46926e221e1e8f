// The page of `cbm serve`: sends what is typed, and shows what comes back. All words are shown as text, never as markup.
"use strict";

const at = (id) => document.getElementById(id);
const text = at("text");
const sentences = JSON.parse(document.body.dataset.sentences);
const token = location.hash.slice(1);
let name = "";
let saved = "";
let shown = [];
let version = 0;
let heard = 0;
let drawn = "";
let refusal = "";
let pending;
let asking;

async function ask(path, content) {
  const headers = { "X-Token": token };
  const options = { headers };
  if (content !== undefined) {
    options.method = "POST";
    options.body = JSON.stringify(content);
    headers["Content-Type"] = "application/json";
  }
  const answer = await fetch(path, options);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.problem);
  return told;
}

const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// That a text was not saved is said with all else, until it is.
const say = (words) => {
  at("state").textContent = [refusal, words].filter(Boolean).join("; ");
};

function made(tag, words, kind) {
  const element = document.createElement(tag);
  if (words) element.textContent = words;
  if (kind) element.className = kind;
  return element;
}

function button(words, work, kind) {
  const element = made("button", words, kind);
  element.type = "button";
  element.addEventListener("click", work);
  return element;
}

async function open(wanted, start, end) {
  const told = await ask(`/api/text?name=${encodeURIComponent(wanted)}`);
  name = wanted;
  refusal = "";
  at("name").value = wanted;
  saved = told.saved;
  text.value = told.text;
  text.disabled = false;
  document.title = `${wanted} · cbm`;
  at("map").replaceChildren(); // it was of another text
  typed();
  if (start !== undefined) select(start, end);
}

// Another text, or another place in this one; what is not saved is left only where the drafter says so.
async function turn(wanted, start, end) {
  if (text.value === saved || confirm(sentences.unsaved)) await open(wanted, start, end).catch((problem) => say(problem.message));
  at("name").value = name;
}

function typed() {
  at("save").disabled = text.value === saved;
  at("words").replaceChildren(); // they were for another text
  undraw();
  version += 1;
  clearTimeout(pending);
  say(sentences.reading);
  mark();
  pending = setTimeout(send, 60);
  lookAround();
}

async function send() {
  const mine = version;
  try {
    const told = await ask("/api/type", { name, text: text.value });
    if (mine === version) show(told);
  } catch (problem) {
    say(problem.message);
  }
}

async function listen() {
  for (;;) {
    try {
      const told = await ask(`/api/found?since=${heard}`);
      heard = told.number;
      if (told.name === name && told.text === text.value) show(told);
      if (told.name !== name) continue; // another page writes another text
      if (told.map && told.map !== drawn) {
        drawn = told.map;
        const frame = made("iframe");
        frame.title = sentences.governed;
        frame.src = `/map/${told.map}`;
        frame.setAttribute("sandbox", "");
        at("map").replaceChildren(frame);
      }
      if (told.problems.length) {
        undraw();
        say(told.problems.join("; "));
      }
    } catch (problem) {
      say(filled(sentences.gone, { problem: problem.message }));
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

// A map that is wanted is drawn no more; one that was drawn stays.
function undraw() {
  at("map").querySelector("p")?.remove();
}

function show(told) {
  shown = told.findings;
  say(told.state);
  const ways = (one) => {
    const row = made("div", "", "ways");
    for (const way of one.ways) row.append(button(way.title, () => told.text === text.value && replace(way.text, one)));
    if (one.sought && !one.ways.length) row.append(button(sentences.ways, look));
    return row;
  };
  const nothing = told.final && !shown.length ? [made("li", sentences.nothing, "quiet")] : [];
  at("findings").replaceChildren(
    ...nothing,
    ...shown.map((one) => {
      const item = made("li", "", one.severity);
      const head = made("p");
      const place = button(one.message, () => (one.mine ? select(one.start, one.end) : turn(one.name, one.start, one.end)), "place");
      head.append(made("span", `${one.kind} `, "kind"), place);
      if (!one.mine) head.append(made("span", ` ${one.name}`, "quiet"));
      item.append(head, ...one.lines.map(([name, text]) => made("p", filled(sentences.line, { name, text }))), ways(one));
      return item;
    }),
  );
  mark();
}

function mark() {
  const pieces = [];
  let done = 0;
  const mine = shown.filter((one) => one.mine && one.start < one.end).sort((a, b) => a.start - b.start);
  for (const one of mine) {
    if (one.start < done || text.value.slice(one.start, one.end) !== one.words) continue;
    pieces.push(document.createTextNode(text.value.slice(done, one.start)), made("mark", one.words, one.severity));
    done = one.end;
  }
  at("marks").replaceChildren(...pieces, document.createTextNode(`${text.value.slice(done)}\n`));
  follow();
}

function follow() {
  at("marks").scrollTop = text.scrollTop;
  at("marks").scrollLeft = text.scrollLeft;
}

function select(start, end) {
  text.focus();
  text.setSelectionRange(start, end);
  const line = text.value.slice(0, start).split("\n").length - 1;
  const height = parseFloat(getComputedStyle(text).lineHeight);
  text.scrollTop = Math.max(0, line * height - text.clientHeight / 3);
  lookAround();
}

function replace(words, one) {
  clearTimeout(asking);
  text.value = words;
  typed();
  select(one.start, one.start);
}

async function look() {
  say(sentences.looking);
  try {
    await ask("/api/ways", { name, text: text.value });
  } catch (problem) {
    say(problem.message);
  }
}

function lookAround() {
  clearTimeout(asking);
  asking = setTimeout(async () => {
    if (!name) return;
    const told = await ask("/api/around", { name, text: text.value, offset: text.selectionEnd }).catch(() => undefined);
    if (!told || told.text !== text.value || told.offset !== text.selectionEnd) return;
    at("words").replaceChildren(
      ...told.words.map((word) => {
        const item = made("li");
        const take = button(word.title || word.text, () => insert(word, told));
        if (word.title) take.append(made("small", ` ${word.text}`));
        item.append(take);
        return item;
      }),
    );
    const card = told.card;
    at("meaning").replaceChildren(
      ...(card
        ? [made("p", card.heading), made("p", card.what, "quiet"), ...card.lines.map(([name, text]) => made("p", filled(sentences.line, { name, text })))]
        : [made("p", sentences.cursor, "quiet")]),
    );
  }, 120);
}

function insert(word, told) {
  if (told.text !== text.value) return;
  text.setRangeText(`${word.text} `, word.start, told.offset, "end");
  text.focus();
  typed();
}

async function save() {
  const words = text.value;
  try {
    await ask("/api/save", { name, text: words, before: saved });
    saved = words;
    at("save").disabled = text.value === saved;
    refusal = "";
    say(sentences.saved);
  } catch (problem) {
    refusal = problem.message;
    say("");
  }
}

text.addEventListener("input", typed);
text.addEventListener("scroll", follow);
document.addEventListener("selectionchange", lookAround);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    if (!at("save").disabled) save();
  }
});
window.addEventListener("beforeunload", (event) => {
  if (text.value !== saved) event.preventDefault();
});
at("save").addEventListener("click", save);
at("name").addEventListener("change", () => turn(at("name").value));
at("draw").addEventListener("click", async () => {
  at("map").replaceChildren(made("p", sentences.drawing, "quiet"));
  await ask("/api/map", { name, text: text.value }).catch((problem) => say(problem.message));
});

ask("/api/texts")
  .then(async (told) => {
    at("name").replaceChildren(...told.texts.map((one) => made("option", one)));
    if (!told.texts.length) return say(sentences.empty);
    await open(told.texts.includes(told.first) ? told.first : told.texts[0]);
    listen();
  })
  .catch((problem) => say(problem.message));
