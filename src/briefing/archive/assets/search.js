/* The search: the index is unpacked piece by piece, the newest first, and looked through as text; what no older piece can
   change is shown before those are unpacked. Nothing is sent anywhere. */
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

  // A piece of the index: its first line says where things are, the others are what is searched. See search_index.py.
  // A Blob, a Response and a decoder that is fed piece by piece each take twice as long.
  const unpack = async (packed) => {
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
  const read_first = async () => {
    const { head, text, first } = await read(list_packed()[0]);
    const { editions: told, letters, older, titles, pieces: number } = head;
    const editions = told.map(([href, series, day, said]) => ({ href, series, said, newness: order_day(day) }));
    const known = { editions, rows: [], others: [], pieces: [], number, older: { newness: order_day(older), titles } };
    known.variants = list_variants(letters);
    add_piece(known, head, text, first, editions.length);
    return known;
  };
  const read_rest = async (known) => {
    await loaded;
    const packed = list_packed();
    for (let at = 1; at < known.number; at += 1) {
      const { head, text, first } = await read(packed[at]);
      add_piece(known, head, text, first, 0);
    }
    return known;
  };
  const list_packed = () => [...document.querySelectorAll("script.search_index")].map((element) => element.textContent);
  const read = async (packed) => {
    const text = await unpack(packed);
    const first = text.indexOf("\n");
    return { head: JSON.parse(text.slice(0, first)), text, first };
  };
  // Lines are numbered through all pieces: those of the editions, then those of the claims.
  const add_piece = (known, { rows, others }, text, first, told) => {
    const from = known.pieces.at(-1)?.end ?? 0;
    const starts = new Int32Array(told + rows.length + 1);
    for (let n = 0, at = first; at >= 0 && n < starts.length; n += 1) {
      starts[n] = at + 1;
      at = text.indexOf("\n", at + 1);
    }
    known.rows = known.rows.concat(rows);
    known.others = known.others.concat(others);
    known.pieces.push({ text, starts, from, end: from + starts.length - 1 });
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
    const asked = split(question);
    const write = (runs) => (JOINED.test(runs[0]) ? "" : `(?<![${variants.inside}])`) + write_pattern(runs, variants);
    const patterns = asked.map(write);
    const mark = new RegExp(patterns.join("|") || "(?!)", "gu");
    patterns.sort((one, other) => other.length - one.length);
    const begins = asked.filter(([run]) => !/^\p{N}/u.test(run)).map(([run]) => new RegExp(write([run]), "gu"));
    return { terms: patterns.map((pattern) => new RegExp(pattern, "gu")), mark, begins };
  };
  // The lines of a piece in which all words are found: the longest is looked for in the whole text, the others in those
  // lines. What has more of the words in its title comes first; then what is newer; then what comes first in its edition:
  // each line is a number that is the larger the sooner it comes, for numbers are sorted ten times as fast as objects.
  const LINES = 1e6;
  const DAYS = 1e8;
  const MOST_TERMS = 80;
  const find = (known, { text, starts, from }, [term, ...rest]) => {
    const [found, count] = [[], known.editions.length];
    if (!term) return found;
    term.lastIndex = starts[0];
    for (let at = 0, hit; at < starts.length - 1 && (hit = term.exec(text)); at += 1) {
      while (starts[at + 1] <= hit.index) at += 1;
      const [n, start] = [from + at, starts[at]];
      const title = end_title(text, start, n < count ? 1 : 3) - start;
      const line = rest.length ? text.slice(start, starts[at + 1]) : "";
      const places = [hit.index - start, ...rest.map((other) => place_of(other, line))];
      const { newness } = known.editions[n < count ? n : known.rows[n - count]];
      if (!places.includes(-1)) found.push(order(places.filter((place) => place < title).length, newness, n));
      term.lastIndex = starts[at + 1];
    }
    return found;
  };
  const order = (titled, newness, n) => (Math.min(titled, MOST_TERMS) * DAYS + newness) * LINES + LINES - 1 - n;
  const sort = (found) => Float64Array.from(found).sort().reverse();
  const line_at = (place) => LINES - 1 - (place % LINES);
  const list_lines = (sorted) => Array.from(sorted, line_at);
  const is_page = ({ editions }, place) => line_at(place) < editions.length;
  // What an older piece may hold comes after these, whatever it is: they are newer, and have as many of the words in their
  // titles as any title there can have. Of a word it is enough to know that its beginning is in no title.
  const choose_certain = ({ older }, { terms, begins }, sorted) => {
    const titled = terms.length - begins.filter((begin) => !holds(begin, older.titles)).length;
    const is_open = (place) => place < order(titled, 0, LINES - 1) || Math.floor(place / LINES) % DAYS <= older.newness;
    const end = sorted.findIndex(is_open);
    return end < 0 ? sorted : sorted.slice(0, end);
  };
  const end_title = (text, start, tabs) => {
    let end = start - 1;
    for (let left = tabs; left; left -= 1) end = text.indexOf("\t", end + 1);
    return end;
  };
  const place_of = (expression, text) => {
    expression.lastIndex = 0;
    return expression.exec(text)?.index ?? -1;
  };
  const holds = (expression, text) => place_of(expression, text) >= 0;

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
  const line_of = ({ pieces }, n) => {
    const { text, starts, from } = pieces.find(({ end }) => n < end);
    return text.slice(starts[n - from], starts[n - from + 1] - 1).split("\t").map((field) => field.split("\x1f"));
  };
  const join = (parts, sign = " · ") => parts.filter(Boolean).flatMap((part, n) => (n ? [sign, part] : [part]));
  const lead = (edition, ...said) => make("a", { href: edition.href }, ...said);
  const show_edition = (index, [newest, ...older], mark, shared) => {
    const edition = index.editions[newest];
    const [[question], answer, , ...told] = line_of(index, newest);
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
    const fill = () => list.replaceChildren(...older.map((n) => {
      const edition = index.editions[n];
      return make("li", {}, lead(edition, edition.said));
    }));
    const folded = make("details", {}, make("summary", {}, say("older_hits", { n: older.length })), list);
    folded.addEventListener("toggle", fill, { once: true });
    return folded;
  };
  const show_claim = (index, n, mark) => {
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
  // A section shows the first of its hits; `complete` says how many there are and shows what is still missing.
  const section = (title, hits, write) => {
    const [list, heading] = [make("ol", { className: "hits" }), make("h2", {}, title)];
    const box = make("section", {}, heading, list);
    const add = (all, to) => list.append(...all.slice(list.children.length, to).map(write));
    const complete = (said, all) => {
      heading.textContent = said;
      add(all, FIRST);
      if (list.children.length < all.length) box.append(make_button(all));
    };
    const make_button = (all) => {
      const button = make("button", { type: "button" });
      const tell_left = () => {
        const left = all.length - list.children.length;
        button.textContent = say("more_hits", { n: Math.min(left, MORE) });
        if (!left) button.remove();
      };
      button.addEventListener("click", () => {
        const from = list.children.length;
        add(all, from + MORE);
        tell_left();
        list.children[from].querySelector("a").focus();
      });
      tell_left();
      return button;
    };
    add(hits, FIRST);
    return { box, complete };
  };
  const group = (editions, lines) => {
    const series = new Map();
    for (const n of lines) {
      const { series: name } = editions[n];
      if (!series.has(name)) series.set(name, []);
      series.get(name).push(n);
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
  const loaded = new Promise((done) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done, { once: true });
    else done();
  });
  // A frame that nobody sees is not painted: there the timer goes on.
  const painted = () => new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 200);
  });
  const index = read_first();
  let begin;
  const rest = Promise.all([index, new Promise((done) => (begin = done))]).then(([known]) => read_rest(known));
  for (const reading of [index, rest]) reading.catch(() => {}); // told to whoever asks
  const answer = async () => {
    const question = field.value.trim();
    const is_over = () => question !== field.value.trim(); // somebody typed on: that question is answered
    keep(question);
    try {
      const known = await index;
      if (is_over()) return;
      const asked = understand(question, known.variants);
      const { terms, mark } = asked;
      const newest = find(known, known.pieces[0], terms);
      const shown = known.pieces.length < known.number ? await tell_newest(known, asked, sort(newest)) : {};
      begin();
      await rest;
      if (is_over()) return;
      const older = known.pieces.slice(1).flatMap((piece) => find(known, piece, terms));
      tell(known, list_lines(sort(newest.concat(older))), mark, shown, terms.length ? say("nothing", { question }) : question ? say("longer") : "");
    } catch (error) {
      results.replaceChildren();
      status.textContent = say("unreadable", { error: error.message });
    }
  };
  const part = ({ editions }, lines) => [
    group(editions, lines.filter((n) => n < editions.length)), lines.filter((n) => n >= editions.length),
  ];
  const begin_pages = (known, pages, mark) => {
    const shared = list_shared(pages.map(([n]) => line_of(known, n)[0][0]));
    return section(say("pages_found", { n: pages.length }), pages, (hit) => show_edition(known, hit, mark, shared));
  };
  const begin_claims = (known, title, claims, mark) => section(title, claims, (n) => show_claim(known, n, mark));
  // All briefings are in the first piece, and of the claims the newest: they are shown while the others are unpacked.
  const tell_newest = async (known, asked, sorted) => {
    const { mark } = asked;
    const [pages, claims] = part(known, list_lines(sorted));
    const certain = list_lines(choose_certain(known, asked, sorted.filter((place) => !is_page(known, place))));
    if (!pages.length && !certain.length) return {};
    const counted = claims.length ? say("claims_found", { n: claims.length }) : "";
    const found = [pages.length ? say("pages_found", { n: pages.length }) : "", counted].filter(Boolean).join(", ");
    const shown = {
      pages: pages.length ? begin_pages(known, pages, mark) : null,
      claims: certain.length ? begin_claims(known, say("counting", { found: counted }), certain, mark) : null,
    };
    results.replaceChildren(...[shown.pages, shown.claims].filter(Boolean).map(({ box }) => box));
    status.textContent = say("counting", { found });
    await painted();
    return shown;
  };
  const tell = (known, lines, mark, shown, nothing) => {
    const [pages, claims] = part(known, lines);
    const [pages_told, claims_told] = [say("pages_found", { n: pages.length }), say("claims_found", { n: claims.length })];
    const sections = [
      [pages, pages_told, shown.pages ?? (pages.length ? begin_pages(known, pages, mark) : null)],
      [claims, claims_told, shown.claims ?? (claims.length ? begin_claims(known, claims_told, claims, mark) : null)],
    ].filter(([, , section]) => section);
    for (const [all, told, { complete }] of sections) complete(told, all);
    const boxes = sections.map(([, , { box }]) => box);
    if (!boxes.length || boxes.some((box, at) => results.children[at] !== box)) results.replaceChildren(...boxes);
    status.textContent = sections.map(([, told]) => told).join(", ") || nothing;
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
  if (field.value) {
    answer();
  } else {
    begin();
    field.focus();
  }
})();
