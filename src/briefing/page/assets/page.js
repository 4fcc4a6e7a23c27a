// What the page offers on top of being whole: sort and filter, save as CSV, copy a citation, charts that answer.
// It asks for nothing, keeps its state in the address, and writes text as text only.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const read = (id) => {
    const found = document.getElementById(id);
    return found ? JSON.parse(found.textContent) : null;
  };
  // Once the day has passed on which the next edition was due, its reader's clock says that the page may be old.
  const due = document.querySelector(".notices .due time");
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  if (due && today > due.dateTime) document.querySelector(".notices .stale").hidden = false;

  const words = read("page_words");
  const graph = [...read("linked_data")["@graph"], ...(read("linked_sources")?.citation || [])];
  const nodes = new Map(graph.map((node) => [node["@id"], node]));
  const idOf = (node) => node["@id"].slice(1);
  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };
  const say = (key, parts = {}) => words[key].replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);

  // A target inside closed details is opened first.
  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // an address may hold anything
    }
  };
  const reveal = () => {
    const target = document.getElementById(decode(location.hash.slice(1)));
    if (!target) return;
    let closed = false;
    for (let up = target.parentElement; up; up = up.parentElement) {
      if (up.tagName === "DETAILS" && !up.open) closed = up.open = true;
    }
    if (closed) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);

  // CSV: what a spreadsheet would take for a formula is made harmless with an apostrophe: at the start of a cell, and
  // behind what ends a cell where its list separator is not a comma. Spreadsheets of East Asia take wide signs too.
  const FORMULA = /(^|[;|\t\r\n])(?=[\s\0"\u200b-\u200f\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r\n])/g;
  const guard = (text) => text.replace(FORMULA, "$1'");
  const quote = (text) => (/[",\r\n;]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
  const save = (rows, name) => {
    const csv = rows.map((row) => row.map((cell) => quote(guard(String(cell ?? "")))).join(",")).join("\r\n") + "\r\n";
    const url = URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv" }));
    const slug = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
    make("a", { href: url, download: (slug || "table") + ".csv" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  const textOf = (cell) => {
    const copy = cell.cloneNode(true);
    all(".cite", copy).forEach((extra) => extra.remove());
    return copy.textContent.trim().replace(/\s+/g, " ");
  };
  const rowsOf = (table) => all("tr", table).map((row) => all("th, td", row).map(textOf));
  const property = (claim, name) =>
    (claim.about.additionalProperty || []).find((entry) => entry.name === name)?.value;
  const claimRows = () => [
    ["claim_id", "quantity", "claimant", "wording", "low", "best", "high", "unit", "qualifier", "status", "when", "where",
      "grade", "source_id", "publisher", "title", "published", "url"],
    ...[...nodes.values()].filter((node) => node["@type"] === "Claim").map((claim) => {
      const about = claim.about;
      const source = nodes.get(claim.appearance["@id"]);
      return [idOf(claim), about.name, claim.creditText, claim.text, about.minValue, about.value, about.maxValue,
        about.unitText, property(claim, "qualifier"), property(claim, "status"), claim.temporalCoverage,
        claim.spatialCoverage, property(claim, "grade"), source.identifier, source.publisher, source.name,
        source.datePublished, source.url];
    }),
  ];

  // Sort and filter; the state of every table stands in the address, as #~table_1.q=tank&table_1.s=-2
  const state = new URLSearchParams(location.hash.startsWith("#~") ? location.hash.slice(2) : "");
  const keep = (key, value) => {
    if (value === "" || value === null) state.delete(key);
    else state.set(key, value);
    history.replaceState(null, "", location.href.split("#")[0] + (state.size ? "#~" + state : ""));
  };
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? textOf(cell) : cell.dataset.v;
  };
  // A cell that tells neither number nor day comes last, whichever way a column is sorted.
  const compare = (one, two, way) => {
    if (one === "" || two === "") return (one === "") - (two === "");
    const numbers = [one, two].map((key) => Number(key.replaceAll(",", "")));
    return way * (numbers.some(Number.isNaN) ? collator.compare(one, two) : numbers[0] - numbers[1]);
  };
  const sortable = (table) => {
    const body = table.tBodies[0];
    const heads = all("thead th", table);
    const original = [...body.rows];
    const key = table.id + ".s";
    const sort = (order) => {
      const column = Math.abs(order) - 1;
      heads.forEach((head, n) => {
        if (n === column) head.setAttribute("aria-sort", order > 0 ? "ascending" : "descending");
        else head.removeAttribute("aria-sort");
      });
      const keys = order && new Map(original.map((row) => [row, keyOf(row, column)]));
      const rows = order ? [...original].sort((a, b) => compare(keys.get(a), keys.get(b), Math.sign(order))) : original;
      body.append(...rows);
    };
    heads.forEach((head, n) => {
      // Not a <button>: where a head is repeated on the next sheet of paper, what is in one is not printed.
      const button = make("span", { role: "button", tabIndex: 0, className: "sort" }, ...head.childNodes);
      head.append(button);
      const turn = () => {
        const now = Number(state.get(key) || 0);
        const next = now === n + 1 ? -(n + 1) : now === -(n + 1) ? 0 : n + 1;
        keep(key, next || "");
        sort(next);
      };
      button.addEventListener("click", turn);
      button.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        turn();
      });
    });
    const start = Number(state.get(key) || 0);
    if (Number.isInteger(start) && start && Math.abs(start) <= heads.length) sort(start);
  };
  const filterable = (table, tools) => {
    const rows = [...table.tBodies[0].rows];
    const heads = all("thead th", table);
    const count = make("span", { role: "status", className: "count" });
    const fields = [];
    const filter = () => {
      let shown = 0;
      for (const row of rows) {
        const fits = fields.every((field) => field.fits(row));
        row.hidden = !fits;
        shown += fits;
      }
      count.textContent = shown === rows.length ? "" : say("shown", { n: shown, all: rows.length });
    };
    const add = (label, control, key, fits) => {
      control.value = state.get(key) || "";
      fields.push({ fits });
      control.addEventListener("input", () => {
        keep(key, control.value);
        filter();
      });
      tools.append(make("label", {}, label + " ", control));
    };
    const search = make("input", { type: "search" });
    add(say("filter"), search, table.id + ".q", (row) => {
      const text = row.textContent.toLocaleLowerCase();
      return search.value.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
    });
    heads.forEach((head, n) => {
      const values = [...new Set(rows.map((row) => textOf(row.cells[n])))].sort(collator.compare);
      if (head.classList.contains("num") || values.length < 2 || values.length > rows.length / 2 || fields.length > 4) return;
      if (values.some((value) => value.length > 40)) return; // sentences are searched, not chosen
      const choice = make("select", {}, make("option", { value: "" }, say("any")));
      values.forEach((value) => choice.append(make("option", { value }, value)));
      add(textOf(head), choice, table.id + ".c" + n, (row) => !choice.value || textOf(row.cells[n]) === choice.value);
    });
    tools.append(count);
    filter();
  };
  for (const table of all("main table[id]")) {
    const rows = table.tBodies[0].rows.length;
    const tools = make("div", { className: "tools" });
    if (rows >= 8) filterable(table, tools);
    const button = make("button", { type: "button" }, say("save"));
    button.addEventListener("click", () => save(rowsOf(table), textOf(table.caption)));
    tools.append(button);
    if (rows >= 8) table.parentElement.before(tools);
    else table.parentElement.after(tools);
    if (rows >= 4) sortable(table);
  }
  // A table that goes on beyond its edge shows a shade there, until it is scrolled to its end.
  for (const box of all(".scroll")) {
    const mark = () => box.classList.toggle("more", Math.abs(box.scrollLeft) + box.clientWidth < box.scrollWidth - 1);
    box.addEventListener("scroll", mark, { passive: true });
    new ResizeObserver(mark).observe(box);
  }
  const first = [...state.keys()][0];
  if (first) document.getElementById(first.split(".")[0])?.scrollIntoView();

  // Citations
  const cite = (claim, shown) => {
    const source = nodes.get(claim.appearance["@id"]);
    const said = /^\[.*\]$/.test(claim.text) ? claim.text : "“" + claim.text + "”";
    // where a page lies on its reader's machine is nobody else's business
    const [place] = location.href.split("#");
    const page = (location.protocol === "file:" ? place.split("/").pop() : place) + claim["@id"];
    const read = [source.publisher, source.name, source.datePublished, source.url].filter(Boolean).join(", ");
    return `${claim.creditText}: ${said} (${claim.about.name}: ${shown}). ${read}. ` +
      `${document.title}, ${idOf(claim)}: ${page}`;
  };
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea", { value: text, className: "skip" });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  for (const card of all(".card")) {
    const claim = nodes.get("#" + card.id.slice("card_".length));
    if (!claim) continue;
    const button = make("button", { type: "button" }, say("copy"));
    const told = make("span", { role: "status", className: "count" });
    button.setAttribute("aria-label", say("copy") + ": " + idOf(claim));
    button.addEventListener("click", async () => {
      await copy(cite(claim, card.querySelector(".value").textContent));
      told.textContent = say("copied");
      setTimeout(() => (told.textContent = ""), 4000);
    });
    card.append(make("div", { className: "tools" }, button, told));
  }
  if (document.getElementById("annex_of_claims")) {
    const button = make("button", { type: "button" }, say("save_claims"));
    button.addEventListener("click", () => save(claimRows(), document.title));
    document.querySelector(".print-told").after(make("div", { className: "tools" }, button));
  }

  // Cards: what leads elsewhere closes them; one that is opened from another takes its place, at the same figure.
  const openers = new Map();
  document.addEventListener("click", (event) => {
    const from = event.target.closest(".card");
    if (from?.hidePopover && event.target.closest('a[href^="#"]')) from.hidePopover();
    const button = event.target.closest("button[popovertarget]");
    const card = button && document.getElementById(button.getAttribute("popovertarget"));
    if (!card || card === from) return;
    if (!card.showPopover) location.hash = card.id; // an older browser shows the cards as a list
    if (!from?.hidePopover) return openers.set(card, button);
    event.preventDefault();
    const source = openers.get(from) || button;
    openers.set(card, source);
    from.hidePopover();
    card.showPopover({ source });
    card.querySelector(".shut").focus();
  });

  // Charts that answer: the compressed library is unpacked once, on request, and runs under the page's policy.
  const packed = document.getElementById("chart_library");
  const drawn = read("chart_specs");
  const charts = drawn ? all("figure.chart").filter((chart) => drawn.data[chart.id]) : [];
  // What charts have in common is written once, and put back here.
  const whole = (value) => {
    if (Array.isArray(value)) return value.map(whole);
    if (value === null || typeof value !== "object") return value;
    const keys = Object.keys(value);
    if (keys.length === 1 && keys[0] === "$") return whole(drawn.shared[value.$]);
    return Object.fromEntries(keys.map((key) => [key, whole(value[key])]));
  };
  const unpack = async () => {
    const text = atob(packed.textContent);
    const bytes = new Uint8Array(text.length);
    for (let n = 0; n < text.length; n += 1) bytes[n] = text.charCodeAt(n);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const code = await new Response(stream).text();
    document.head.append(make("script", { textContent: code }));
  };
  const tip = make("div", { className: "tip", hidden: true, role: "presentation" });
  const showTip = (handler, event, item, value) => {
    tip.hidden = value === null || value === undefined || value === "";
    if (tip.hidden) return;
    const { title, ...rest } = typeof value === "object" ? value : { title: value };
    const lines = Object.entries(rest).map(([name, cell]) => make("div", {}, `${name}: ${cell}`));
    tip.replaceChildren(make("b", {}, title ?? ""), ...lines);
    const below = event.pageY + 12;
    const fits = event.clientY + 12 + tip.offsetHeight < innerHeight;
    tip.style.left = Math.min(event.pageX + 12, innerWidth - tip.offsetWidth - 8) + "px";
    tip.style.top = (fits ? below : below - 24 - tip.offsetHeight) + "px";
  };
  // A reader waits for the charts in sight; the others follow, the nearest first, whenever the machine is idle.
  const distance = (chart) => {
    const box = chart.getBoundingClientRect();
    return Math.max(box.top - innerHeight, -box.bottom, 0);
  };
  const idle = () => new Promise((go) => (window.requestIdleCallback || setTimeout)(go, { timeout: 500 }));
  const narrow = matchMedia("(max-width:44rem)");
  const hydrate = async (chart) => {
    const specs = drawn.data[chart.id];
    const drawing = chart.querySelector(".drawing");
    const picture = drawing.querySelector("svg");
    const label = picture.querySelector("title").textContent + ". " + picture.querySelector("desc").textContent;
    const inner = make("div", { "aria-hidden": "true" });
    const stage = make("div", { className: "stage", role: "img", "aria-label": label }, inner);
    const draw = () =>
      window.briefingDraw(inner, whole(narrow.matches && specs.narrow ? specs.narrow : specs.wide), showTip);
    await draw();
    // a finger that taps moves no pointer: the mark under it answers all the same
    inner.addEventListener("click", (event) => event.target.dispatchEvent(new PointerEvent("pointermove", event)));
    drawing.replaceChildren(stage);
    narrow.addEventListener("change", draw);
  };
  if (packed && charts.length && "DecompressionStream" in window) {
    const button = make("button", { type: "button" }, say("interactive"));
    const told = make("span", { role: "status", className: "count" });
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await unpack();
        document.body.append(tip);
        const waiting = [...charts].sort((one, other) => distance(one) - distance(other));
        while (waiting.length && !distance(waiting[0])) await hydrate(waiting.shift());
        if (waiting.length === charts.length) await hydrate(waiting.shift());
        document.documentElement.dataset.charts = "interactive";
        told.textContent = say("interactive_done");
        button.remove();
        for (const chart of waiting) {
          await idle();
          await hydrate(chart);
        }
        document.documentElement.dataset.charts = "all interactive";
      } catch (error) {
        told.textContent = say("interactive_failed", { error: error.message });
      }
    });
    (document.querySelector(".hero") ?? document.querySelector(".cover-text")).append(make("div", { className: "tools" }, button, told));
  }
  reveal();

  // the chip of the section that is being read is marked, and comes into view in its own row
  const chips = new Map(all(".contents a").map((chip) => [chip.hash.slice(1), chip]));
  const mark = (entries) => {
    const here = entries.filter((entry) => entry.isIntersecting).pop();
    if (!here) return;
    const chip = chips.get(here.target.querySelector("[id]")?.id ?? here.target.id);
    if (!chip) return;
    for (const other of chips.values()) other.removeAttribute("aria-current");
    chip.setAttribute("aria-current", "location");
    const row = chip.closest("ol");
    row.scrollTo({ left: chip.offsetLeft - (row.clientWidth - chip.offsetWidth) / 2 });
  };
  const watch = new IntersectionObserver(mark, { rootMargin: "-15% 0px -80% 0px" });
  for (const section of all("main > section")) watch.observe(section);
})();
