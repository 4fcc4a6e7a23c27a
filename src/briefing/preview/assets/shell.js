"use strict";
(() => {
  const path = document.body.dataset.path;
  const [state, told, pages] = ["state", "told", "pages"].map(id => document.getElementById(id));
  let front = null;
  let wanted = 0;

  const write = (name, text) => {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  };

  // What is wrong stands above the last good page, as text: nothing in it is markup.
  const tell = news => {
    told.hidden = !news;
    if (!news) { told.replaceChildren(); return; }
    const parts = [write("h1", news.title), ...news.reasons.map(reason => write("p", reason))];
    if (news.where.length) {
      const facts = document.createElement("dl");
      facts.append(...news.where.flatMap(([term, fact]) => [write("dt", term), write("dd", fact)]));
      parts.push(facts);
    }
    if (news.story) {
      const details = document.createElement("details");
      details.append(write("summary", "The whole story"), write("pre", news.story));
      parts.push(details);
    }
    told.replaceChildren(...parts);
  };

  // The reader stays at the words that were being read, also where the page above them has grown.
  const keepPlace = (was, now) => {
    if (!was.scrollY) return;
    let anchor = null;
    for (const element of was.document.querySelectorAll("main [id], main h2, section[id]")) {
      if (element.id && element.getClientRects().length && element.getBoundingClientRect().top <= 8) anchor = element;
    }
    now.scrollTo({ left: was.scrollX, top: was.scrollY, behavior: "instant" });
    const same = anchor && now.document.getElementById(anchor.id);
    if (same) {
      const moved = same.getBoundingClientRect().top - anchor.getBoundingClientRect().top;
      now.scrollBy({ top: moved, behavior: "instant" });
    }
  };

  // A link that leads out of the page opens beside the preview.
  const openBeside = event => {
    const link = event.target.closest ? event.target.closest("a[href]") : null;
    if (link && /^https?:$/.test(link.protocol) && link.origin !== location.origin) {
      event.preventDefault();
      window.open(link.href, "_blank", "noopener,noreferrer");
    }
  };

  const show = number => {
    wanted = number;
    const next = document.createElement("iframe");
    next.className = "coming";
    next.title = "The page";
    next.src = `${path}/page?${number}${front ? front.contentWindow.location.hash : ""}`;
    next.addEventListener("load", () => {
      if (number !== wanted) { next.remove(); return; }
      if (front) keepPlace(front.contentWindow, next.contentWindow);
      next.contentDocument.addEventListener("click", openBeside);
      document.title = next.contentDocument.title;
      next.className = "";
      if (front) front.remove();
      front = next;
      document.body.dataset.shown = number;
    }, { once: true });
    pages.append(next);
  };

  const source = new EventSource(`${path}/events`);
  source.addEventListener("message", event => {
    const news = JSON.parse(event.data);
    const took = `${news.edition}, made in ${news.seconds.toFixed(1)} s`;
    const last = news.number ? "; below is the last good page" : "";
    tell(news.told);
    state.textContent = news.making ? "The page is being made …" : news.told ? `There is no new page${last}` : took;
    document.body.dataset.state = news.making ? "making" : news.told ? "told" : "good";
    if (news.number && news.number !== wanted) show(news.number);
  });
  source.addEventListener("error", () => { state.textContent = "The preview has ended."; });
})();
