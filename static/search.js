/* The search: brings what is looked through, shows what is found, and keeps it in the address. */
(() => {
  "use strict";
  const { edition } = window;
  const box = document.querySelector("[role=search]"), input = box.querySelector("input");
  const list = box.querySelector("[data-search-results]"), panel = list.parentNode;
  const status = box.querySelector("[role=status]");
  const self = document.querySelector("script[src$='assets/site.js']").getAttribute("src");
  const site = self.replace("assets/site.js", ""); /* the way from the page to the site's root */
  const said = make("p", "said"), more = make("button", "more", "再显示");
  const again = make("button", "again", "重试");
  const MORE = 100; /* results that are shown at first, and each time that more are asked for */
  const TURN = 12; /* milliseconds after which the page gets its turn */
  const AT_ONCE = 6; /* files that are asked for before the first of them is there */
  const MARKS = 0, HERE = 1, ALL = 2; /* what is needed: no report, this page's, every one */
  /* What stands behind an address in a sentence. */
  const GLUED = /[\s.,;:!?。，；：！？、…·)\]}>）」』】〕》〉”’"'*_~]$/u;

  function make(name, kind, text) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    if (text) made.textContent = text;
    if (name === "button") made.type = "button";
    return made;
  }

  /* ---- What is needed: find.js, mark.js, the list of reports, and each report's words ---- */

  const pending = new Set(), failed = new Set(), prepared = new Map();
  let order = null, numbers = null, style = null, needed = MARKS;

  /* Called by the list of reports: their names as on the shelf, and how numbers are read. */
  window.shelf = told => {
    order = told.reports;
    const forms = told.forms.map(form => new RegExp(`^(?:${form})$`));
    numbers = { forms, han: told.han.split(" ") };
  };

  function bring(name) {
    if (pending.has(name) || failed.has(name)) return;
    const script = make("script");
    pending.add(name);
    script.src = `${site}assets/${name}.js`;
    script.async = false; /* they run in the order in which they are asked for */
    script.onload = () => come(name);
    script.onerror = () => {
      failed.add(name);
      come(name);
    };
    document.head.appendChild(script);
  }

  function come(name) {
    pending.delete(name);
    load();
    land();
    work();
  }

  /* Bring what is missing of what is needed, the newest report first; what failed is asked for
     again only `anew`. */
  function load(anew) {
    if (anew) failed.clear();
    if (!style) style = bringStyle();
    if (!window.finding) bring("find");
    if (!window.marking) bring("mark");
    if (needed === MARKS) return;
    if (!order) return bring("reports");
    for (const id of order) {
      const isNeeded = needed === ALL || id === edition.folder;
      if (isNeeded && !edition.reports.has(id) && pending.size < AT_ONCE) bring(`words-${id}`);
    }
  }

  function bringStyle() {
    const link = make("link");
    link.rel = "stylesheet";
    link.href = `${site}assets/search.css`;
    link.onerror = () => {
      link.remove();
      style = null;
    };
    return document.head.appendChild(link);
  }

  /* A report that has come, ready to be searched, or null. */
  function report(id) {
    const told = edition.reports.get(id);
    if (told && window.finding && !prepared.has(id)) prepared.set(id, window.finding.prepare(told));
    return prepared.get(id) || null;
  }

  /* ---- The search under way ---- */

  /* What was typed, the next report to look through, what was found in those before, how many
     of its results are shown and may be, and what is to be done when the first or all are there. */
  let search = begin("");
  const sought = new WeakMap(); /* what a link's page is to mark */

  function begin(typed) {
    const results = { found: [], filling: 0, total: 0, shown: 0, limit: MORE };
    return Object.assign(results, { typed, at: 0, opens: false, back: null });
  }

  function answer() {
    search = begin(input.value);
    list.textContent = "";
    more.hidden = again.hidden = true;
    if (!search.typed.trim()) return close();
    box.classList.add("open");
    work();
    keep();
  }

  /* Look through what has come, in turns, and show it. */
  function work() {
    const ends = performance.now() + TURN;
    const mine = search;
    if (!box.classList.contains("open")) return;
    while (order && window.finding && search.at < order.length) {
      const id = order[search.at], ready = report(id);
      if (!ready && !failed.has(`words-${id}`)) break;
      if (ready) lookThrough(ready);
      search.at++;
      if (performance.now() < ends) continue;
      setTimeout(() => { if (mine === search) work() });
      break;
    }
    fill();
    say();
    settle();
  }

  function lookThrough(ready) {
    const found = window.finding.search(ready, search.typed, numbers);
    if (!found.length) return;
    search.found.push({ report: ready, results: found, shown: 0, list: null });
    search.total += found.length;
  }

  function isDone() { return order && window.finding && search.at === order.length }

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
    if (order.length > 1) list.appendChild(make("p", "", ready.title)).id = `found-${ready.id}`;
    if (order.length > 1) results.setAttribute("aria-labelledby", `found-${ready.id}`);
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
    return order.includes(edition.folder) && leadsHere(full);
  }

  /* Whether a link leads to the page that is shown, whichever of a page's names the host serves. */
  function leadsHere({ pathname }) {
    const page = /(\/)(?:index(?:\.html)?)?$|\.html$/;
    return pathname.replace(page, "$1") === location.pathname.replace(page, "$1");
  }

  /* Say how far the search has come, to those who see and to those who hear. */
  function say() {
    const number = search.total ? `找到${search.total}条` : "";
    let still = "", words = number || "没有找到";
    if (pending.size) still = "正在载入…";
    else if (order && window.finding && !isDone()) still = "正在查找…";
    if (still) words = number && `${number}，`;
    else if (failed.size) words = number ? `${number}，其余没有载入` : "没有载入";
    again.hidden = !!still || !failed.size;
    said.textContent = words + still;
    const heard = still || words; /* not each number on the way */
    if (status.textContent !== heard) status.textContent = heard;
  }

  /* What waited for results: an early Enter, and the place that Back returns to. */
  function settle() {
    const links = list.querySelectorAll("a"), back = search.back;
    if (search.opens && links.length) {
      search.opens = false;
      return links[0].click();
    }
    if (!back || !(isDone() || links.length > back.at)) return;
    search.back = null;
    search.limit = Math.max(search.limit, back.limit);
    fill();
    panel.scrollTop = back.top;
    const link = list.querySelectorAll("a")[back.at];
    if (link) link.focus({ preventScroll: true });
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
    needed = ALL;
    box.classList.add("open");
    search = begin(input.value);
    search.back = history.state && history.state.search || null;
    list.textContent = "";
    if (!search.back && !location.hash && !matchMedia("(pointer: coarse)").matches) {
      input.focus({ preventScroll: true });
    }
    load();
    work();
  }

  addEventListener("popstate", () => {
    if (!asked()) return hide();
    if (asked() !== search.typed || !box.classList.contains("open")) {
      reopen();
    }
  });

  /* ---- Opening, choosing, closing ---- */

  let origin = null; /* where the reader was before the search */

  function hide() {
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
    search = begin("");
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
    try {
      sessionStorage.setItem("edition.found", sought.get(link));
    } catch (refused) { /* then the page opened marks nothing */ }
  }

  /* Go to a place of this page, from which Back returns to the search. */
  function goTo(hash, words) {
    hide();
    document.activeElement.blur();
    try {
      history.pushState(null, "", addressWith(""));
    } catch (refused) { /* then the search stays in the address */ }
    if (hash) location.replace(hash);
    if (window.marking) window.marking.mark(words);
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
      search.opens = search.opens && !isDone();
    }
  }

  /* The reader begins, or goes on: what failed is tried again. */
  function use(event) {
    const comes = event.type === "focusin" && event.target === input;
    if (comes && !box.contains(event.relatedTarget)) {
      origin = { element: event.relatedTarget, y: Number(box.dataset.from || scrollY) };
      delete box.dataset.from;
    }
    if (event.target !== input) return;
    needed = Math.max(needed, input.value ? ALL : HERE);
    load(true);
    if (event.isComposing) return;
    if (input.value !== search.typed) answer();
    else if (input.value.trim() && !box.classList.contains("open")) answer();
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
    load(true);
    answer();
  });
  document.addEventListener("keydown", event => {
    const isOpen = box.classList.contains("open");
    if (event.key === "Escape" && isOpen && !box.contains(event.target)) leave();
  });
  document.addEventListener("focusin", outside);
  document.addEventListener("click", outside);

  /* ---- Fragments that are no place of the page ---- */

  /* Whether the page has no such place as the address's fragment; a garbled one is nothing. */
  function astray() {
    try { decodeURIComponent(location.hash) } catch (garbled) { return false }
    return location.hash && !document.getElementById(location.hash.slice(1));
  }

  /* A fragment that is a number leads to its item, whatever a chat has glued to its end. */
  function land() {
    if (!numbers || !window.finding || !astray()) return;
    let place = decodeURIComponent(location.hash.slice(1));
    while (!leads(place) && GLUED.test(place)) place = place.slice(0, -1);
  }

  /* Whether a name is an address of this page, or one of this report, and then goes there. */
  function leads(place) {
    const { addresses, fold, numbered } = window.finding, ready = report(edition.folder);
    const meant = [place].concat(addresses(fold(place), numbers));
    const here = meant.find(address => document.getElementById(address));
    const named = ready && numbered(ready, place, numbers);
    if (here) location.replace(`#${here}`);
    else if (named) location.replace(href(ready, named));
    return !!(here || named);
  }

  function seek() {
    if (!astray()) return;
    needed = Math.max(needed, HERE);
    load();
    land();
  }

  addEventListener("hashchange", seek);

  /* ---- The first use ---- */

  load();
  seek();
  if (asked()) reopen();
})();
