// JupyterLab's extension of `briefing`: a button on notebooks that shows the page beside them, of the document as it
// stands, saved or not. Written by hand: JupyterLab asks of an extension only `init` and `get`, so nothing is built.
"use strict";
(() => {
  const NAME = "briefing-lab";
  const NO_PAGE = "There is no page yet";
  // Cells that run one after the other are one change.
  const PAUSE = 300;
  let shared = {};

  // JupyterLab's own packages, which it shares with its extensions.
  const take = async name => {
    const versions = Object.values(shared[name] || {});
    const found = versions.find(version => version.loaded) || versions[0];
    if (!found) throw new Error(`JupyterLab shares no ${name}`);
    return (await found.get())();
  };

  const write = (name, text, className) => {
    const element = document.createElement(name);
    element.className = className || "";
    element.textContent = text;
    return element;
  };

  // The page of a notebook as it stands, from the exporter that JupyterLab's menu uses too.
  const ask = async (context, services, settings) => {
    const model = { type: "notebook", name: context.path.split("/").pop(), content: context.model.toJSON() };
    const request = { method: "POST", body: JSON.stringify(model), headers: { "Content-Type": "application/json" } };
    const answer = await services.ServerConnection.makeRequest(`${settings.baseUrl}nbconvert/briefing`, request, settings);
    const text = await answer.text();
    if (answer.ok) return text;
    const why = answer.status === 404 ? "The package briefing is not installed where this server runs." : "";
    throw new Error(why || `The server answers ${answer.status}. Save and Export Notebook As > Briefing says more.`);
  };

  const openPanel = (lab, context, app) => {
    const { widgets, services } = lab;
    const settings = app.serviceManager.serverSettings;
    const panel = new widgets.Widget();
    panel.id = `briefing-${context.path}`;
    panel.addClass("briefing-panel");
    panel.title.label = `Briefing: ${context.path.split("/").pop()}`;
    panel.title.closable = true;
    const bar = write("div", "", "briefing-bar");
    const state = write("span", "The page is being made …", "briefing-state");
    state.setAttribute("role", "status");
    const again = write("button", "Make it again");
    const open = write("button", "Open in browser");
    open.title = "Saves the notebook, and opens its page in a tab of its own, where charts answer";
    const pages = write("div", "", "briefing-pages");
    bar.append(again, open, state);
    panel.node.append(bar, pages);
    panel.node.style.cssText = "display:flex;flex-direction:column;background:var(--jp-layout-color1)";
    bar.style.cssText = "display:flex;gap:.5rem;align-items:baseline;padding:.25rem .5rem";
    pages.style.cssText = "flex:1;position:relative;min-height:0";

    let front = null;
    let place = [0, 0];
    let asked = 0;
    let timer = 0;

    // No script runs in the frame, so that nothing in a notebook's page can ask this server for anything. A page is
    // whole without them; its charts answer in a tab of its own.
    const strip = html => {
      const page = new DOMParser().parseFromString(html, "text/html");
      page.querySelectorAll("script").forEach(script => script.remove());
      return `<!doctype html>${page.documentElement.outerHTML}`;
    };

    const show = html => {
      const next = document.createElement("iframe");
      next.title = "The page";
      next.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
      next.referrerPolicy = "same-origin";
      next.srcdoc = strip(html);
      next.style.cssText = "position:absolute;inset:0;width:100%;height:100%;border:0;visibility:hidden;background:Canvas";
      next.addEventListener("load", () => {
        const page = next.contentWindow;
        const isPage = page.document.title !== NO_PAGE;
        if (front && front.contentDocument.title !== NO_PAGE) place = [front.contentWindow.scrollX, front.contentWindow.scrollY];
        if (isPage) page.scrollTo({ left: place[0], top: place[1], behavior: "instant" });
        page.document.querySelectorAll('a[href^="http"]').forEach(link => {
          link.target = "_blank";
          link.rel = "noopener noreferrer";
        });
        next.style.visibility = "visible";
        if (front) front.remove();
        front = next;
        state.textContent = isPage ? "" : NO_PAGE;
      }, { once: true });
      pages.append(next);
    };

    const refresh = async () => {
      const mine = ++asked;
      state.textContent = "The page is being made …";
      try {
        const html = await ask(context, services, settings);
        if (mine === asked && !panel.isDisposed) show(html);
      } catch (error) {
        if (mine === asked) state.textContent = error.message;
      }
    };

    const refreshSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, PAUSE);
    };

    again.addEventListener("click", refresh);
    open.addEventListener("click", async () => {
      // A tab is opened at the click: later a browser would not let it be.
      const tab = window.open("about:blank", "_blank");
      if (context.model.dirty && !context.model.readOnly) await context.save();
      const path = context.path.split("/").map(encodeURIComponent).join("/");
      const address = `${settings.baseUrl}nbconvert/briefing/${path}?download=false`;
      if (tab) tab.location.href = address;
    });
    const ran = (_, told) => { if (told.notebook.model === context.model) refreshSoon(); };
    lab.notebook.NotebookActions.executed.connect(ran);
    context.disposed.connect(() => panel.dispose());
    panel.disposed.connect(() => {
      clearTimeout(timer);
      lab.notebook.NotebookActions.executed.disconnect(ran);
    });
    return { panel, refresh };
  };

  const addButton = (lab, app) => {
    const opened = new Map();
    const press = (notebookPanel, context) => {
      let beside = opened.get(context);
      if (!beside) {
        beside = openPanel(lab, context, app);
        opened.set(context, beside);
        beside.panel.disposed.connect(() => opened.delete(context));
        app.shell.add(beside.panel, "main", { mode: "split-right", ref: notebookPanel.id });
      }
      return beside.refresh();
    };
    app.docRegistry.addWidgetExtension("Notebook", {
      createNew: (notebookPanel, context) => {
        const button = new lab.apputils.ToolbarButton({
          label: "Briefing",
          tooltip: "Show the page of this notebook beside it, as it stands now",
          onClick: () => press(notebookPanel, context),
        });
        notebookPanel.toolbar.insertItem(10, "briefing", button);
        return button;
      },
    });
  };

  const plugin = {
    id: `${NAME}:button`,
    description: "Shows the page of a briefing beside its notebook.",
    autoStart: true,
    activate: async app => {
      const names = ["@jupyterlab/apputils", "@jupyterlab/notebook", "@jupyterlab/services", "@lumino/widgets"];
      const [apputils, notebook, services, widgets] = await Promise.all(names.map(take));
      addButton({ apputils, notebook, services, widgets }, app);
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = {
    init: scope => { shared = scope; },
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
