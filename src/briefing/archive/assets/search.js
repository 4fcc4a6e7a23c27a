/* The search: the index is unpacked while somebody types, and looked through as text. Nothing is sent anywhere. */
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const { words } = JSON.parse(byId("search_words").textContent);
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  const say = (key, parts = {}) => {
    const form = typeof words[key] === "string" ? words[key] : words[key][plurals.select(parts.n)] ?? words[key].other;
    return form.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
  };
  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };
  const FIRST = 10;
  const MORE = 100;
  const MOST_ALSO = 4;
  const LETTER = /[\p{L}\p{N}]/u;
  // Between these no space need stand before a word, or an article is written on to it: they are found anywhere.
  const JOINED = new RegExp("^[" + ["Han", "Hiragana", "Katakana", "Hangul", "Thai", "Lao", "Khmer", "Myanmar", "Arabic",
    "Hebrew"].map((script) => `\\p{Script=${script}}`).join("") + "]", "u");
  // Letters that no sign can be taken off, as people write them who lack the key.
  const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ", ʼ: "", ـ: "" };
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[ßæœøłđðþıςʼـ]/g, (letter) => PLAIN[letter]);

  // The index: its first line says where things are, the others are what is searched. See archive/search_index.py.
  // A Blob, a Response and a decoder that is fed piece by piece each take twice as long.
  const unpack = async () => {
    const packed = byId("search_index").textContent;
    const { readable, writable } = new DecompressionStream("deflate-raw");
    const writer = writable.getWriter();
    writer.write(decode(packed)).then(() => writer.close()).catch(() => {}); // what fails here fails the reader too
    const [reader, chunks] = [readable.getReader(), []];
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) chunks.push(chunk.value);
    return new TextDecoder().decode(concatenate(chunks));
  };
  const decode = (packed) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(packed);
    const letters = atob(packed);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
    return bytes;
  };
  const concatenate = (chunks) => {
    const whole = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0));
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  };
  const read = async () => {
    const text = await unpack();
    const first = text.indexOf("\n");
    const { editions: told, rows, others, letters } = JSON.parse(text.slice(0, first));
    const editions = told.map(([href, series, day, said]) => ({ href, series, said, newness: order_day(day) }));
    const starts = new Int32Array(editions.length + rows.length + 1);
    for (let n = 0, at = first; at >= 0 && n < starts.length; n += 1) {
      starts[n] = at + 1;
      at = text.indexOf("\n", at + 1);
    }
    return { text, editions, rows, others, starts, variants: list_variants(letters) };
  };
  const order_day = (day) => Number(day.replaceAll("-", "").padEnd(8, "0"));
  // Which letters of the index are the same to a reader who does not mind case and accents: "e" is also "É".
  const list_variants = (letters) => {
    const [single, several, marks] = [new Map(), new Map(), []];
    for (const letter of letters) {
      if (/\p{M}/u.test(letter)) marks.push(letter);
      if (!LETTER.test(letter)) continue;
      const base = fold(letter);
      const kind = [...base].length === 1 ? single : several;
      if (base) kind.set(base, (kind.get(base) ?? "") + letter);
    }
    // What a word consists of here: a class of a few letters is found and compiled faster than one of all letters there are.
    const inside = "0-9A-Za-z" + [...letters].filter((letter) => LETTER.test(letter)).join("");
    return { single, several: [...several], after: marks.length ? `[${marks.join("")}]*` : "", inside };
  };

  // A question is words, all of which must be found, each from its beginning; what stands in quotation marks is one.
  const split = (question) =>
    [...question.matchAll(/["“”„«»]([^"“”„«»]+)(?:["“”„«»]|$)|([^\s"“”„«»]+)/gu)]
      .map(([, phrase, word]) => fold(phrase ?? word).match(/\p{L}+|\p{N}+/gu) ?? [])
      .filter((runs) => [...runs.join("")].length > 1 || JOINED.test(runs[0] ?? "") || /\p{N}/u.test(runs[0] ?? ""));
  const write_pattern = (runs, variants) =>
    runs.map((run) => write_run(run, variants)).join(`[^${variants.inside}\\t\\n\\x1f]{0,3}`);
  const write_run = (run, { single, several, after }) => {
    const choose = (letter) => {
      const upper = letter < "\x7f" ? letter.toUpperCase() : "";
      return `[${letter}${upper === letter ? "" : upper}${single.get(letter) ?? ""}]${after}`;
    };
    const parts = [];
    for (let rest = run; rest; ) {
      const [base, letters] = several.find(([spelled]) => rest.startsWith(spelled)) ?? [String.fromCodePoint(rest.codePointAt(0))];
      const spelled = [...base].map(choose).join("");
      const left = (rest.length - base.length) / 3;
      const thousands = /^\p{N}/u.test(run) && left && left % 1 === 0 ? "[,. \\u00a0\\u202f]?" : "";
      parts.push((letters ? `(?:${spelled}|[${letters}]${after})` : spelled) + thousands); // 12000 is also 12,000
      rest = rest.slice(base.length);
    }
    return parts.join("");
  };
  const understand = (question, variants) => {
    const patterns = split(question).map((runs) =>
      (JOINED.test(runs[0]) ? "" : `(?<![${variants.inside}])`) + write_pattern(runs, variants));
    const mark = new RegExp(patterns.join("|") || "(?!)", "gu");
    patterns.sort((one, other) => other.length - one.length);
    return { terms: patterns.map((pattern) => new RegExp(pattern, "gu")), mark };
  };
  // The lines in which all words are found: the longest is looked for in the whole text, the others in those lines.
  const find = ({ text, starts }, [term, ...rest]) => {
    const found = [];
    if (!term) return found;
    term.lastIndex = starts[0];
    for (let n = 0, hit; n < starts.length - 1 && (hit = term.exec(text)); n += 1) {
      while (starts[n + 1] <= hit.index) n += 1;
      const line = text.slice(starts[n], starts[n + 1]);
      if (rest.every((other) => holds(other, line))) found.push(n);
      term.lastIndex = starts[n + 1];
    }
    return found;
  };
  const holds = (expression, text) => {
    expression.lastIndex = 0;
    return expression.test(text);
  };
  // What has more of the words in its title comes first; then what is newer; then what comes first in its edition.
  const rank = (index, found, terms) => {
    const { text, starts, editions, rows } = index;
    const score = (n) => {
      const is_edition = n < editions.length;
      let end = starts[n] - 1;
      for (let tabs = is_edition ? 1 : 3; tabs; tabs -= 1) end = text.indexOf("\t", end + 1);
      const title = text.slice(starts[n], end);
      const { newness } = editions[is_edition ? n : rows[n - editions.length]];
      return { n, newness, titled: terms.filter((term) => holds(term, title)).length };
    };
    return found.map(score).sort((one, other) =>
      other.titled - one.titled || other.newness - one.newness || one.n - other.n);
  };

  // Showing: words are put in as text, never as markup.
  const show = (text, mark) => {
    const shown = make("bdi");
    let from = 0;
    mark.lastIndex = 0;
    for (const hit of text.matchAll(mark)) {
      if (!hit[0]) continue;
      shown.append(text.slice(from, hit.index), make("mark", {}, hit[0]));
      from = hit.index + hit[0].length;
    }
    shown.append(text.slice(from));
    return shown;
  };
  const line_of = ({ text, starts }, n) => text.slice(starts[n], starts[n + 1] - 1).split("\t").map((field) => field.split("\x1f"));
  const join = (parts, sign = " · ") => parts.filter(Boolean).flatMap((part, n) => (n ? [sign, part] : [part]));
  const lead = (edition, ...said) => make("a", { href: edition.href }, ...said);
  const show_edition = (index, [newest, ...older], mark, shared) => {
    const edition = index.editions[newest.n];
    const [[question], answer, , ...told] = line_of(index, newest.n);
    const also = told.slice(0, -1).flat().filter((text) => holds(mark, text)).slice(0, MOST_ALSO);
    const item = make("li", {}, make("h3", {}, lead(edition, show(question, mark))));
    item.append(make("p", { className: "facts" }, ...join([edition.said, shared.has(question) && edition.series])));
    item.append(make("p", {}, ...join(answer.map((text) => show(text, mark)))));
    if (also.length) item.append(make("p", { className: "facts" }, ...join(also.map((text) => show(text, mark)))));
    if (older.length) item.append(fold_older(index, older));
    return item;
  };
  const fold_older = (index, older) => {
    const list = make("ul", { className: "editions" });
    const fill = () => list.replaceChildren(...older.map(({ n }) => {
      const edition = index.editions[n];
      return make("li", {}, lead(edition, edition.said));
    }));
    const folded = make("details", {}, make("summary", {}, say("older_hits", { n: older.length })), list);
    folded.addEventListener("toggle", fill, { once: true });
    return folded;
  };
  const show_claim = (index, { n }, mark) => {
    const place = n - index.editions.length;
    const edition = index.editions[index.rows[place]];
    const [[id], title, item, shown, wording, ...facts] = line_of(index, n);
    const href = edition.href + "#" + encodeURIComponent(id);
    const named = [...title, ...item.filter((text) => holds(mark, text) && !holds(mark, title[0]))];
    const [question] = line_of(index, index.rows[place])[0];
    const others = index.others[place];
    const also = others ? " " + say("other_pages", { n: others }) : "";
    return make("li", {},
      make("h3", {}, make("a", { href }, ...join([...named.map((text) => show(text, mark)), show(shown[0], mark)], ": "))),
      make("p", {}, show(wording[0], mark)),
      make("p", { className: "facts" }, ...join([...facts.flat(), id].filter(Boolean).map((text) => show(text, mark)))),
      make("p", { className: "facts" }, ...join([make("bdi", {}, question), edition.said]), also && "." + also));
  };
  const section = (title, hits, write) => {
    const list = make("ol", { className: "hits" });
    const box = make("section", {}, make("h2", {}, title), list);
    const button = make("button", { type: "button" });
    const add = (number) => {
      const from = list.children.length;
      list.append(...hits.slice(from, from + number).map(write));
      const left = hits.length - list.children.length;
      button.textContent = say("more_hits", { n: Math.min(left, MORE) });
      if (!left) button.remove();
      return list.children[from];
    };
    box.append(button);
    button.addEventListener("click", () => add(MORE)?.querySelector("a").focus());
    add(FIRST);
    return box;
  };
  const group = (editions, hits) => {
    const series = new Map();
    for (const hit of hits) {
      const { series: name } = editions[hit.n];
      if (!series.has(name)) series.set(name, []);
      series.get(name).push(hit);
    }
    return [...series.values()];
  };

  // Asking
  const [form, field, status, results] = ["search", "search_asked", "search_status", "search_results"].map(byId);
  const keep = (question) => {
    const query = question ? "?q=" + encodeURIComponent(question) : "";
    try {
      history.replaceState(null, "", location.pathname + query);
    } catch {
      // where a page may not change its address, the address stays
    }
    for (const link of document.querySelectorAll("#search_parts a")) link.search = query;
  };
  const index = read();
  index.catch(() => {}); // told to whoever asks
  const answer = async () => {
    const question = field.value.trim();
    keep(question);
    try {
      const known = await index;
      if (question !== field.value.trim()) return; // somebody typed on: that question is answered
      const { terms, mark } = understand(question, known.variants);
      const hits = rank(known, find(known, terms), terms);
      tell(known, hits, mark, terms.length ? say("nothing", { question }) : question ? say("longer") : "");
    } catch (error) {
      results.replaceChildren();
      status.textContent = say("unreadable", { error: error.message });
    }
  };
  const tell = (known, hits, mark, nothing) => {
    const pages = group(known.editions, hits.filter(({ n }) => n < known.editions.length));
    const claims = hits.filter(({ n }) => n >= known.editions.length);
    const shared = list_shared(pages.map(([{ n }]) => line_of(known, n)[0][0]));
    const found = [
      [pages, say("pages_found", { n: pages.length }), (hit) => show_edition(known, hit, mark, shared)],
      [claims, say("claims_found", { n: claims.length }), (hit) => show_claim(known, hit, mark)],
    ].filter(([list]) => list.length);
    results.replaceChildren(...found.map(([list, title, write]) => section(title, list, write)));
    status.textContent = found.map(([, title]) => title).join(", ") || nothing;
  };
  const list_shared = (questions) => new Set(questions.filter((question, n) => questions.indexOf(question) !== n));
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(answer, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    answer();
  });
  form.hidden = false;
  byId("search_plain").remove();
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) answer();
  else field.focus();
})();
