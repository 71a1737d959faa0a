/* What the reader can do, and the script that answers: each comes when it is first used. */
(() => {
  "use strict";
  const { edition } = window;
  const { bring, isCommand, kept, narrow, recall } = edition;
  const search = document.querySelector("[role=search]");
  let sheet = null;

  /* The folder of the page, which is its report's name where it has one. */
  edition.folder = location.pathname.split("/").slice(-2)[0];

  /* Called by the data of a report, which scripts find here by its name. */
  edition.reports = new Map();
  window.searchable = (report) => { edition.reports.set(report.id, report) };

  /* Of each file, what its uses saw until it is there, and how they stop. */
  const files = new Map();

  /* Load `file` at the first of the events `types` that is `wanted`, and let it see again all that come until it is there,
     for whichever of its uses; where it cannot be had, the next such event tries again. What `holds` does nothing else
     meanwhile, but a link leads where it does without script where that fails; how it stands is told by `says`. */
  function first(types, file, wanted, { holds, says = () => {} } = {}) {
    if (!files.has(file)) files.set(file, { seen: [], stops: [] });
    const own = files.get(file);
    function use(event) {
      if (!wanted(event)) return;
      if (holds) event.preventDefault();
      says("正在载入…");
      if (own.seen.push(event) > 1) return;
      bringStyle();
      bring(file, () => {
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

  function bringStyle() {
    if (sheet) return;
    sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    const { href } = document.querySelector("link[rel=stylesheet]");
    sheet.href = href.replace("site.css", "script.css");
    document.head.append(sheet);
  }

  const inside = (selector) => (event) => event.target.closest && event.target.closest(selector);
  const asked = () => new URLSearchParams(location.search).get("q");

  /* Whoever looks for something before the search is there is told so. */
  function tell(words) {
    const isAsked = search.querySelector("input").value || asked();
    search.querySelector("[role=status]").textContent = isAsked ? words : "";
  }

  first(["focusin", "input", "keydown", "hashchange", "DOMContentLoaded"], "search.js", (event) => {
    const name = location.hash.slice(1);
    const strays = name && !document.getElementById(name);
    if (event.type === "hashchange") return strays;
    if (event.type !== "DOMContentLoaded") return search.contains(event.target);
    /* `found` is what a result that led here was searched for */
    return strays || asked() || recall("found", "sessionStorage");
  }, { says: tell });
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
  for (const handle of document.querySelectorAll(".handle")) handle.setAttribute("aria-expanded", false);
  for (const size of document.querySelectorAll(".sizes [value]:not([aria-pressed])")) {
    size.setAttribute("aria-pressed", false);
  }
})();
