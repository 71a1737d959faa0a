/* The search: has the reports looked through, shows what is found, and keeps it in the address. */
(() => {
  "use strict";
  const { edition } = window;
  const MORE = 100; /* results that are shown at first, and each time that more are asked for */
  const box = document.querySelector("[role=search]"), input = box.querySelector("input");
  const list = box.querySelector("[data-search-results]"), panel = list.parentNode;
  const status = box.querySelector("[role=status]");
  const self = document.querySelector("script[src$='assets/site.js']").getAttribute("src");
  const site = self.replace("assets/site.js", ""); /* the way from the page to the site's root */
  const said = make("p", "said"), more = make("button", "more", "再显示");
  const again = make("button", "again", "重试");

  function make(name, kind, text) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    if (name === "button") made.type = "button";
    return made;
  }

  /* ---- The search under way ---- */

  /* What was typed, how many reports were looked through, of how many, and how many of them could
     not be had; what was found, how many results these are, how many are shown and may be; whether
     it is at its end, and what is to be done when the first or all are there. */
  let search = begin("");
  const sought = new WeakMap(); /* what a link's page is to mark */

  function begin(typed) {
    const looked = { seen: 0, of: 1, lost: 0, isDone: false };
    const results = { found: [], filling: 0, total: 0, shown: 0, limit: MORE };
    return Object.assign(looked, results, { typed, opens: false, back: null });
  }

  function answer() {
    start();
    if (!search.typed.trim()) return close();
    look(search);
    keep();
  }

  /* Begin anew with what was typed; a search under way ends. */
  function start() {
    search = begin(input.value);
    list.textContent = "";
    more.hidden = again.hidden = true;
    box.classList.add("open");
  }

  /* Look through the reports, and show what is found as it comes. */
  async function look(mine) {
    say();
    await edition.loadSearch().catch(() => { mine.lost = mine.of });
    if (mine !== search) return;
    const reports = mine.lost ? [] : window.looking.look(mine.typed);
    for await (const { report, found, of } of reports) {
      if (mine !== search) return;
      mine.of = of;
      mine.seen++;
      if (!report) mine.lost++;
      if (found.length) mine.found.push({ report, results: found, shown: 0, list: null });
      mine.total += found.length;
      show();
    }
    if (mine !== search) return;
    mine.isDone = true;
    show();
  }

  function show() {
    fill();
    say();
    settle();
  }

  /* Show results up to the limit. */
  function fill() {
    while (search.shown < search.limit && search.filling < search.found.length) {
      const group = search.found[search.filling];
      if (!group.list) group.list = addGroup(group.report);
      const item = group.list.appendChild(make("li"));
      item.appendChild(draw(group.report, group.results[group.shown]));
      search.shown++;
      group.shown++;
      if (group.shown === group.results.length) search.filling++;
    }
    const left = search.total - search.shown;
    more.hidden = !left;
    more.textContent = `再显示${Math.min(left, MORE)}条`;
  }

  function addGroup(ready) {
    const results = make("ol");
    if (search.of > 1) {
      list.appendChild(make("p", "", ready.title)).id = `found-${ready.id}`;
      results.setAttribute("aria-labelledby", `found-${ready.id}`);
    }
    return list.appendChild(results);
  }

  function draw(ready, result) {
    const { entry, count } = result, { title, words } = window.finding.show(ready, result);
    const link = make("a");
    link.href = href(ready, entry);
    sought.set(link, result.queries.join("\n"));
    const head = link.appendChild(make("span", "title"));
    head.appendChild(make(entry.number ? "b" : "span", "", name(entry)));
    if (entry.title) head.append(" ", ...pieces(title));
    if (!words.length) return link;
    const line = link.appendChild(make("span", "words"));
    line.append(...pieces(words));
    if (count > 1) line.append(` 共${count}处`);
    return link;
  }

  function pieces(parts) {
    return parts.map(([text, isFound]) => isFound ? make("mark", "", text) : text);
  }

  function name(entry) {
    if (entry.number) return entry.number;
    if (!entry.address) return "全文";
    return isPreamble(entry.address) ? "前言" : "";
  }

  function isPreamble(address) { return address.startsWith("s0-p") }

  /* On a full text results stay there, elsewhere they lead to items' own pages; what has none is on
     the full text. */
  function href(ready, { address }) {
    const full = `${site}${ready.id}/index.html`;
    if (!address) return full;
    const hasPage = !isPreamble(address) && !isFullText();
    return hasPage ? `${site}${ready.id}/${address}.html` : `${full}#${address}`;
  }

  function isFullText() {
    const base = location.href.split(/[?#]/)[0];
    const full = new URL(`${site}${edition.folder}/index.html`, base);
    return edition.shelf.reports.includes(edition.folder) && leadsHere(full);
  }

  /* Whether a link leads to the page that is shown, whichever of a page's names the host serves. */
  function leadsHere({ pathname }) {
    const page = /(\/)(?:index(?:\.html)?)?$|\.html$/;
    return pathname.replace(page, "$1") === location.pathname.replace(page, "$1");
  }

  /* Say how far the search has come, to those who see and to those who hear. */
  function say() {
    const { seen, of, lost, total, isDone } = search;
    const number = total ? `找到${total}条` : "";
    const still = seen ? "正在查找…" : "正在载入…";
    let words = number || "没有找到";
    if (lost) words = lost === of ? "没有载入" : `${words}，${lost}份没有载入`;
    if (!isDone) words = seen ? [number, `已查 ${seen}/${of} 份…`].filter(Boolean).join("，") : still;
    again.hidden = !isDone || !lost;
    said.textContent = words;
    const heard = isDone ? words : still; /* not each number on the way */
    if (status.textContent !== heard) status.textContent = heard;
  }

  /* What waited for results: an early Enter, and the place that Back returns to. */
  function settle() {
    const { back, isDone, opens } = search;
    if (!opens && !back) return;
    const links = list.querySelectorAll("a");
    if (opens && links.length) {
      search.opens = false;
      return links[0].click();
    }
    if (!back || !(isDone || links.length > back.at)) return;
    search.back = null;
    panel.scrollTop = back.top;
    if (links[back.at]) links[back.at].focus({ preventScroll: true });
  }

  /* ---- The address ---- */

  let keeping = 0;

  function asked() { return new URLSearchParams(location.search).get("q") || "" }

  /* The page's address with a search, or without one. */
  function addressWith(typed) {
    const parameters = new URLSearchParams(location.search);
    parameters.delete("q");
    if (typed) parameters.set("q", typed);
    const query = parameters.toString();
    return location.pathname + (query && `?${query}`);
  }

  function replaceAddress(typed, place) {
    const state = Object.assign({}, history.state, { search: place });
    clearTimeout(keeping);
    try {
      history.replaceState(state, "", addressWith(typed) + location.hash);
    } catch (refused) { /* then the address stays as it was */ }
  }

  /* Browsers let an address change only so often. */
  function keep() {
    clearTimeout(keeping);
    keeping = setTimeout(() => {
      if (asked() !== search.typed) replaceAddress(search.typed, null);
    }, 250);
  }

  /* Open the search that the address asks for, where a result was chosen from it at that result. */
  function reopen() {
    input.value = asked();
    getReady();
    start();
    search.back = history.state && history.state.search || null;
    if (search.back) search.limit = Math.max(search.limit, search.back.limit);
    else if (!location.hash && !matchMedia("(pointer: coarse)").matches) {
      input.focus({ preventScroll: true });
    }
    look(search);
  }

  addEventListener("popstate", () => {
    if (!asked()) return hide();
    if (asked() !== search.typed || !box.classList.contains("open")) {
      reopen();
    }
  });

  /* ---- Opening, choosing, closing ---- */

  let origin = null; /* where the reader was before the search */

  /* Close the results, which ends the search. */
  function hide() {
    search = begin("");
    box.classList.remove("open");
    status.textContent = "";
  }

  function close() {
    hide();
    clearTimeout(keeping);
    if (asked()) replaceAddress("", null);
  }

  function leave() {
    const from = origin;
    input.value = "";
    close();
    list.textContent = "";
    if (!from || !from.element || !from.element.isConnected) document.activeElement.blur();
    else from.element.focus({ preventScroll: true });
    if (from) scrollTo(0, from.y);
  }

  function choose(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = Array.from(list.querySelectorAll("a")).indexOf(link);
    const place = { at, limit: search.shown, top: panel.scrollTop };
    replaceAddress(search.typed, place);
    if (leadsHere(link) && document.querySelector("article")) {
      event.preventDefault();
      return goTo(link.hash, sought.get(link));
    }
    edition.keep("found", sought.get(link), "sessionStorage");
  }

  /* Go to a place of this page, from which Back returns to the search. */
  function goTo(hash, words) {
    hide();
    document.activeElement.blur();
    try {
      history.pushState(null, "", addressWith(""));
    } catch (refused) { /* then the search stays in the address */ }
    if (hash) location.replace(hash);
    edition.load("mark.js").then(() => window.marking.mark(words), () => { /* then nothing is */ });
  }

  function move(event) {
    if (event.isComposing) return; /* Enter and arrows belong to the input method */
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = Array.from(panel.querySelectorAll("a, button:not([hidden])"));
    if (event.key === "Escape") {
      event.preventDefault();
      leave();
    } else if (step) {
      event.preventDefault();
      (stops[stops.indexOf(document.activeElement) + step] || input).focus();
    } else if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      search.opens = true;
      settle();
      search.opens = search.opens && !search.isDone;
    }
  }

  /* The style and the words of the page's own report are there before the first letter. */
  function getReady() {
    edition.dress("search.css");
    edition.loadSearch().then(() => window.looking.own(), () => { /* letters try again */ });
  }

  /* The reader begins, or goes on. */
  function use(event) {
    const comes = event.type === "focusin" && event.target === input;
    if (comes && !box.contains(event.relatedTarget)) {
      origin = { element: event.relatedTarget, y: Number(box.dataset.from || scrollY) };
      delete box.dataset.from;
    }
    if (event.target !== input) return;
    makeRoom(true);
    getReady();
    if (event.isComposing) return;
    if (input.value !== search.typed) answer();
    else if (input.value.trim() && !box.classList.contains("open")) answer();
  }

  /* Pages keep room for the bar above what a link leads to; while one types in the bar there is
     none, or browsers would move the page by it at every letter. */
  function makeRoom(isTyping) {
    document.documentElement.style.scrollPaddingTop = isTyping ? "0" : "";
  }

  function outside(event) {
    if (box.contains(event.target) || box.contains(document.activeElement)) return;
    if (box.classList.contains("open")) close();
  }

  panel.insertBefore(said, list);
  panel.append(more, again);
  said.setAttribute("aria-hidden", "true"); /* the status says it */
  more.hidden = again.hidden = true;
  for (const type of ["input", "compositionend"]) input.addEventListener(type, use);
  input.addEventListener("blur", () => makeRoom(false));
  box.addEventListener("focusin", use);
  box.addEventListener("keydown", move);
  list.addEventListener("click", choose);
  more.addEventListener("click", () => {
    search.limit += MORE;
    const first = search.shown;
    fill();
    list.querySelectorAll("a")[first].focus();
  });
  again.addEventListener("click", () => {
    input.focus();
    answer();
  });
  document.addEventListener("keydown", event => {
    const isOpen = box.classList.contains("open");
    if (event.key === "Escape" && isOpen && !box.contains(event.target)) leave();
  });
  document.addEventListener("focusin", outside);
  document.addEventListener("click", outside);

  if (asked()) reopen();
})();
