/* What the reader can do, and the script that answers: each comes when it is first used. */
(() => {
  "use strict";
  const { edition } = window;
  const { bring, isCommand, kept, narrow, recall } = edition;
  const search = document.querySelector("[role=search]");

  /* The folder of the page, which is its report's name where it has one. */
  edition.folder = location.pathname.split("/").slice(-2)[0];

  /* Called by data, which are scripts because a page from the disk may load nothing else: a report
     by its name, a bundle of reports by its file, and the list of all. */
  edition.reports = new Map();
  edition.bundles = new Map();
  window.searchable = (report) => { edition.reports.set(report.id, report) };
  window.bundle = (told) => { edition.bundles.set(told.file, told) };
  window.shelf = (told) => { edition.shelf = told };

  /* Load a script of this folder once, whoever asks for it. Where it cannot be had, or what it
     brought was nothing and it is to be forgotten, whoever asks next has it tried again. */
  const files = new Map();
  edition.load = (file) => {
    if (!files.has(file)) {
      files.set(file, new Promise((come, fail) => bring(file, come, fail)));
      files.get(file).catch(() => edition.forget(file));
    }
    return files.get(file);
  };
  edition.forget = (file) => { files.delete(file) };

  /* What a search takes beside the words of reports. */
  edition.loadSearch = () => Promise.all(["find.js", "look.js", "reports.js"].map(edition.load));

  /* Put on a style of this folder, once. */
  const sheets = new Map();
  edition.dress = (file) => {
    if (sheets.has(file)) return;
    const sheet = document.createElement("link");
    const { href } = document.querySelector("link[rel=stylesheet]");
    const onerror = () => {
      sheet.remove();
      sheets.delete(file);
    };
    Object.assign(sheet, { rel: "stylesheet", href: href.replace("site.css", file), onerror });
    sheets.set(file, sheet);
    document.head.append(sheet);
  };

  /* Of each file, what its uses saw until it is there, and how they stop. */
  const used = new Map();

  /* Load `file` at the first of the events `types` that is `wanted`, and let it see again all that
     come until it is there, for whichever of its uses; where it cannot be had, the next such event
     tries again. What `holds` does nothing else meanwhile, but a link leads where it does without
     script where that fails; how it stands is told by `says`. */
  function first(types, file, wanted, { holds, says = () => {} } = {}) {
    if (!used.has(file)) used.set(file, { seen: [], stops: [] });
    const own = used.get(file);
    function use(event) {
      if (!wanted(event)) return;
      if (holds) event.preventDefault();
      says("正在载入…");
      if (own.seen.push(event) > 1) return;
      edition.dress("script.css");
      edition.load(file).then(() => {
        for (const stop of own.stops) stop();
        for (const one of own.seen) one.target.dispatchEvent(new one.constructor(one.type, one));
      }, () => {
        own.seen = [];
        says("没有载入，请再试");
        if (holds) location.hash = event.target.closest("a").hash;
      });
    }
    own.stops.push(() => {
      for (const type of types) removeEventListener(type, use, true);
    });
    for (const type of types) addEventListener(type, use, true);
    for (const event of kept) {
      if (types.includes(event.type)) use(event);
    }
  }

  const inside = (selector) => (event) => event.target.closest && event.target.closest(selector);
  const asked = () => new URLSearchParams(location.search).get("q");

  /* Whoever looks for something before the search is there is told so. */
  function tell(words) {
    const isAsked = search.querySelector("input").value || asked();
    search.querySelector("[role=status]").textContent = isAsked ? words : "";
  }

  /* Whether the address leads to no place of the page. */
  function strays() {
    const name = location.hash.slice(1);
    return name && !document.getElementById(name);
  }

  first(["focusin", "input", "keydown"], "search.js", ({ target }) => search.contains(target), {
    says: tell,
  });
  first(["DOMContentLoaded"], "search.js", asked, { says: tell });
  first(["hashchange", "DOMContentLoaded"], "lead.js", strays);
  /* `found` is what a result or a term that led here was about */
  first(["DOMContentLoaded"], "mark.js", () => recall("found", "sessionStorage"));
  first(["click"], "bar.js", inside(".sizes"));
  const opensDrawer = (event) => narrow.matches && inside(".to-contents")(event);
  first(["click"], "bar.js", opensDrawer, { holds: true });
  first(["scroll"], "follow.js", () => document.querySelector(".contents"));
  first(["click"], "cite.js", inside(".handle"), { holds: true });
  first(["change", "click"], "cite.js", inside(".forms"));
  first(["DOMContentLoaded"], "cite.js", () => recall("form") && document.querySelector(".forms"));
  first(["selectionchange"], "cite.js", () => !getSelection().isCollapsed);
  first(["keydown"], "keys.js", (event) => isCommand(event, ["j", "k", "m", "?"]));
  first(["click"], "keys.js", inside(".keys"));

  /* What there is to open and to press is said from now on. */
  for (const handle of document.querySelectorAll(".handle")) {
    handle.setAttribute("aria-expanded", false);
  }
  for (const size of document.querySelectorAll(".sizes [value]:not([aria-pressed])")) {
    size.setAttribute("aria-pressed", false);
  }
})();
