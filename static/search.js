/* Finds every string of the reports, and every number of an item, at exactly the deepest items that hold it. */
(function () {
  "use strict";
  if (window.searchable) return; /* here already, for another of its first uses */
  var box = document.querySelector("[role=search]"), input = box.querySelector("input");
  var list = box.querySelector("[data-search-results]"), status = box.querySelector("[role=status]");
  var site = document.querySelector(".home").getAttribute("href").replace("index.html", "");
  var GLUED = /[\s.,;:!?。，；：！？、…·)\]}>）」』】〕》〉”’"'*_~]$/u; /* what stands behind an address in a sentence */
  var reports = [], order, forms = [], han, waiting = [], coming = 0, every = false, marked = [];

  /* Folding: full width and half width, capital and small letters are alike, and white space is nothing; white space
     is what either Python or JavaScript takes for it, as in sitegen/labels.py. */
  function fold(text) { return text.normalize("NFKC").toLowerCase().replace(/[\s\x1c-\x1f\x85\ufeff]+/g, "") }

  /* A text's folded form, and for each of its characters the index that it comes from. */
  function folded(text) {
    var form = "", from = [];
    for (var at = 0; at < text.length; at++) {
      var part = fold(text[at]);
      form += part;
      for (var n = 0; n < part.length; n++) from.push(at);
    }
    from.push(text.length);
    return { form: form, from: from };
  }

  /* Called by a report's search data: entries are [address, number, heading, text], in the report's order. Each gets
     the span of its words in the folded text, with those of all below it, and the entry that it stands in: the first,
     without an address, holds all. */
  window.searchable = function (report) {
    var open = null;
    report.text = report.entries.map(function (entry) { return entry[2] + entry[3] }).join("");
    report.folded = folded(report.text);
    for (var n = 0, start = 0, from = 0; n < report.entries.length; n++) {
      var entry = report.entries[n];
      while (report.folded.from[start] < from) start++;
      while (open && open[0] && entry[0].indexOf(open[0] + "-")) {
        open.end = start;
        open = open.above;
      }
      entry.above = open;
      entry.start = start;
      entry.end = report.folded.form.length; /* until another follows that does not stand in it */
      open = entry;
      from += entry[2].length + entry[3].length;
    }
    report.place = order.indexOf(report.id);
    reports.push(report);
    coming--;
    reports.sort(function (a, b) { return a.place - b.place });
    answer();
    land();
  };

  /* Called by the list of reports: their names in the order of the shelf, and how numbers are read. */
  window.shelf = function (told) {
    coming--;
    order = told.reports;
    forms = told.forms.map(function (form) { return new RegExp("^(?:" + form + ")$") });
    han = told.han.split(" ");
    waiting = order.slice();
    load();
    land();
  };

  function bring(name, failed) {
    var script = document.createElement("script");
    coming++;
    script.src = site + "assets/" + name + ".js";
    script.onerror = function () { coming--; failed() }; /* the next letter tries again */
    document.head.appendChild(script);
  }

  /* Brings the data of this page's report, and with `all`, or once that was asked, of every report. */
  function load(all) {
    var here = location.pathname.split("/").slice(-2)[0];
    every = every || !!all;
    if (!order && !coming) bring("reports", function () {});
    waiting.slice().forEach(function (id) {
      if (!every && id !== here) return;
      waiting.splice(waiting.indexOf(id), 1);
      bring("words-" + id, function () { waiting.push(id) });
    });
  }

  /* The addresses that a folded number can mean, the likeliest first; the forms are those of sitegen/labels.py, which
     reads them in the same way: a group is a level, and levels that are not given are 0 but at the end. */
  function addresses(query) {
    var read = [];
    forms.forEach(function (form) {
      var found = form.exec(query), numbers = found ? found.slice(1).map(number) : [];
      while (numbers.length && !numbers[numbers.length - 1]) numbers.pop();
      if (numbers.length) read.push("s" + numbers.join("-"));
    });
    return read;
  }

  function number(text) { return han.indexOf(text) + 1 || +text || 0 }

  /* The entry of a report that a folded number means. */
  function numbered(report, query) {
    return addresses(query).map(function (address) {
      return report.entries.find(function (one) { return one[0] === address });
    }).find(Boolean);
  }

  /* The results in one report: for each entry that holds a match the first match's index and their count. */
  function search(report, query) {
    var form = report.folded.form, found = [], known = new Map(), begun = 0;
    for (var at = form.indexOf(query); query && at >= 0; at = form.indexOf(query, at + 1)) {
      while (begun < report.entries.length && report.entries[begun].start <= at) begun++;
      var holder = report.entries[begun - 1];
      while (holder.end < at + query.length) holder = holder.above;
      if (!known.has(holder)) {
        known.set(holder, { entry: holder, at: at, count: 0 });
        found.push(known.get(holder));
      }
      known.get(holder).count++;
    }
    var named = numbered(report, query), place = found.findIndex(function (one) { return one.entry === named });
    if (named) found.unshift(place < 0 ? { entry: named, at: -1, count: 0 } : found.splice(place, 1)[0]);
    return found;
  }

  function href(report, entry) {
    var page = !entry[0] ? "index.html" : entry[0].indexOf("s0-p") ? entry[0] + ".html" : "index.html#" + entry[0];
    return site + report.id + "/" + page;
  }

  function element(name, text, parent) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    return parent.appendChild(made);
  }

  function answer() {
    var query = fold(input.value), links = 0;
    list.textContent = "";
    if (coming || query && waiting.length || !reports.length) return;
    query && reports.forEach(function (report) {
      var found = search(report, query), text = report.text, from = report.folded.from;
      if (reports.length > 1 && found.length) element("p", report.title, list);
      found.forEach(function (one) {
        var link = element("a", "", list);
        link.href = href(report, one.entry);
        element("b", one.entry[1] || one.entry[2].slice(0, 12), link);
        if (one.entry[1]) link.appendChild(document.createTextNode(" " + one.entry[2]));
        if (one.count) {
          var start = from[one.at], end = from[one.at + query.length - 1] + 1, line = element("span", "", link);
          line.appendChild(document.createTextNode((start > 10 ? "…" : "") + text.slice(Math.max(0, start - 10), start)));
          element("mark", text.slice(start, end), line);
          line.appendChild(document.createTextNode(text.slice(end, end + 24) + (one.count > 1 ? "……共" + one.count + "处" : "")));
        }
        links++;
      });
    });
    status.textContent = !query ? "" : links ? "找到" + links + "条" : "没有找到";
    box.classList.toggle("open", !!query);
  }

  /* Whether the page has no such place as the address's fragment; one that cannot be decoded is nothing. */
  function astray() {
    try { decodeURIComponent(location.hash) } catch (garbled) { return false }
    return location.hash && !document.getElementById(location.hash.slice(1));
  }

  /* A fragment that is a number leads to its item, whatever a chat has glued to its end. */
  function land() {
    if (!astray()) return;
    var name = decodeURIComponent(location.hash.slice(1));
    while (!leads(name) && GLUED.test(name)) name = name.slice(0, -1);
  }

  /* Whether a name is an address of this page, or one of this report, and then goes there. */
  function leads(name) {
    var query = fold(name), folder = location.pathname.split("/").slice(-2)[0];
    var here = [name].concat(addresses(query)).find(function (address) { return document.getElementById(address) });
    var report = reports.find(function (one) { return one.id === folder }), named = report && numbered(report, query);
    if (here) location.replace("#" + here);
    else if (named) location.replace(href(report, named));
    return !!(here || named);
  }

  /* Marks what was searched for, or each line of `sought`, in the words of the page that a result or term opened; what
     was marked before is not any more. */
  function mark(sought) {
    marked.forEach(function (one) {
      one.pieces[0].replaceWith(one.node);
      one.pieces.slice(1).forEach(function (piece) { piece.remove() });
    });
    marked = [];
    var nodes = [], text = "", walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentNode.closest("[data-apparatus]")) continue;
      nodes.push({ node: walker.currentNode, start: text.length });
      text += walker.currentNode.data;
    }
    var form = folded(text), taken = new Uint8Array(text.length), places = [];
    sought.split("\n").map(fold).filter(Boolean).sort(function (one, other) {
      return other.length - one.length; /* the longest come first */
    }).forEach(function (query) {
      for (var at = form.form.indexOf(query); at >= 0; at = form.form.indexOf(query, at + query.length)) {
        var from = form.from[at], to = form.from[at + query.length - 1] + 1;
        if (taken.subarray(from, to).indexOf(1) >= 0) continue;
        taken.fill(1, from, to);
        places.push([from, to]);
      }
    });
    places.sort(function (one, other) { return one[0] - other[0] });
    var next = 0; /* the first place that does not end before the node */
    nodes.forEach(function (one) {
      var end = one.start + one.node.length, pieces = [], done = one.start;
      while (next < places.length && places[next][1] <= one.start) next++;
      for (var n = next; n < places.length && places[n][0] < end; n++) {
        var from = Math.max(places[n][0], one.start), to = Math.min(places[n][1], end);
        if (!text.slice(from, to).trim()) continue;
        if (from > done) pieces.push(document.createTextNode(text.slice(done, from)));
        pieces.push(document.createElement("mark"));
        pieces[pieces.length - 1].textContent = text.slice(from, to);
        done = to;
      }
      if (!pieces.length) return;
      if (done < end) pieces.push(document.createTextNode(text.slice(done, end)));
      var all = document.createDocumentFragment();
      pieces.forEach(function (piece) { all.appendChild(piece) });
      one.node.replaceWith(all);
      marked.push({ node: one.node, pieces: pieces });
    });
    var first = document.querySelector("article mark"), box = first && first.getBoundingClientRect();
    if (first && (box.bottom > innerHeight || box.top < 0 && !location.hash)) first.scrollIntoView({ block: "center" });
  }

  /* Whether a link leads to the page that is shown, whichever of a page's names the host serves it by. */
  function leadsHere(link) {
    var page = /(\/)(?:index(?:\.html)?)?$|\.html$/;
    return link.pathname.replace(page, "$1") === location.pathname.replace(page, "$1");
  }

  function move(event) {
    if (event.isComposing) return; /* Enter and arrows belong to the input method */
    var links = Array.from(list.querySelectorAll("a")), at = links.indexOf(document.activeElement);
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      box.classList.remove("open");
      input.focus();
    } else if (step) {
      event.preventDefault();
      (links[at + step] || input).focus();
    } else if (event.key === "Enter" && document.activeElement === input && links[0]) {
      event.preventDefault();
      links[0].click();
    }
  }

  input.addEventListener("input", function (event) {
    load(true);
    if (!event.isComposing) answer();
  });
  input.addEventListener("compositionend", answer);
  input.addEventListener("focus", function () { load(input.value); answer() });
  box.addEventListener("keydown", move);
  list.addEventListener("click", function (event) {
    var link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (leadsHere(link) && document.querySelector("article")) {
      if (link.hash) link.href = link.hash; else event.preventDefault();
      box.classList.remove("open");
      return mark(fold(input.value));
    }
    try { sessionStorage.setItem("edition.found", fold(input.value)) } catch (refused) { /* then the page opened marks nothing */ }
  });
  document.addEventListener("focusin", function (event) { if (!box.contains(event.target)) box.classList.remove("open") });
  document.addEventListener("click", function (event) { if (!box.contains(event.target)) box.classList.remove("open") });
  addEventListener("hashchange", function () { if (astray()) { load(); land() } });

  try {
    var found = sessionStorage.getItem("edition.found");
    if (found && document.querySelector("article")) mark(found);
    sessionStorage.removeItem("edition.found");
  } catch (refused) { /* see above */ }
  if (astray()) load();
  if (box.contains(document.activeElement)) { load(input.value); answer() }
})();
