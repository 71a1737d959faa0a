/* Finds every string of the reports, and every number of an item, at exactly the deepest items that hold it. */
(function () {
  "use strict";
  if (window.searchable) return; /* here already, for another of its first uses */
  var box = document.querySelector("[role=search]"), input = box.querySelector("input");
  var list = box.querySelector("[data-search-results]"), status = box.querySelector("[role=status]");
  var site = document.querySelector(".home").getAttribute("href").replace("index.html", "");
  var reports = [], order, forms = [], han, waiting = [], coming = 0, every = false;

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

  /* Called by a report's search data: entries are [address, number, heading, text], in the report's order. */
  window.searchable = function (report) {
    var text = "";
    report.entries.forEach(function (entry) {
      entry.start = folded(text).form.length;
      text += entry[2] + entry[3];
    });
    report.text = text;
    report.folded = folded(text);
    report.entries.forEach(function (entry, at) {
      var next = report.entries.slice(at + 1).find(function (other) { return other[0].indexOf(entry[0] + "-") });
      entry.end = next && entry[0] ? next.start : report.folded.form.length;
    });
    reports.push(report);
    coming--;
    reports.sort(function (a, b) { return order.indexOf(a.id) - order.indexOf(b.id) });
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
    var form = report.folded.form, found = [];
    for (var at = form.indexOf(query); query && at >= 0; at = form.indexOf(query, at + 1)) {
      var holders = report.entries.filter(function (entry) {
        return entry.start <= at && at + query.length <= entry.end;
      });
      var holder = holders[holders.length - 1], known = found.find(function (one) { return one.entry === holder });
      if (known) known.count++; else found.push({ entry: holder, at: at, count: 1 });
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

  /* A fragment that is a number leads to its item. */
  function land() {
    if (!astray()) return;
    var query = fold(decodeURIComponent(location.hash.slice(1)));
    var here = addresses(query).find(function (address) { return document.getElementById(address) });
    if (here) return location.replace("#" + here);
    reports.forEach(function (report) {
      var named = numbered(report, query);
      if (named && location.pathname.split("/").slice(-2)[0] === report.id) location.replace(href(report, named));
    });
  }

  /* Marks what was searched for, or each line of `sought`, in the words of the page that a result or term opened. */
  function mark(sought) {
    document.querySelectorAll("article mark").forEach(function (old) { old.replaceWith.apply(old, old.childNodes) });
    document.querySelector("article").normalize();
    var nodes = [], text = "", walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentNode.closest("[data-apparatus]")) continue;
      nodes.push({ node: walker.currentNode, start: text.length });
      text += walker.currentNode.data;
    }
    var form = folded(text), places = [], longest = function (one, other) { return other.length - one.length };
    sought.split("\n").map(fold).sort(longest).forEach(function (query) {
      for (var at = form.form.indexOf(query); at >= 0; at = form.form.indexOf(query, at + query.length)) {
        var from = form.from[at], to = form.from[at + query.length - 1] + 1;
        if (!places.some(function (place) { return from < place[1] && place[0] < to })) places.push([from, to]);
      }
    });
    places.sort(function (one, other) { return other[0] - one[0] }).forEach(function (place) {
      nodes.forEach(function (one) {
        var from = Math.max(place[0], one.start), to = Math.min(place[1], one.start + one.node.length);
        if (from >= to || !one.node.data.slice(from - one.start, to - one.start).trim()) return;
        var range = document.createRange();
        range.setStart(one.node, from - one.start);
        range.setEnd(one.node, to - one.start);
        range.surroundContents(document.createElement("mark"));
      });
    });
    var first = document.querySelector("article mark");
    if (first && first.getBoundingClientRect().bottom > innerHeight) first.scrollIntoView({ block: "center" });
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
    if (link.pathname === location.pathname && document.querySelector("article")) {
      box.classList.remove("open");
      mark(fold(input.value));
      return;
    }
    try { sessionStorage.found = fold(input.value) } catch (refused) { /* then the page opened marks nothing */ }
  });
  document.addEventListener("focusin", function (event) { if (!box.contains(event.target)) box.classList.remove("open") });
  document.addEventListener("click", function (event) { if (!box.contains(event.target)) box.classList.remove("open") });
  addEventListener("hashchange", function () { if (astray()) { load(); land() } });

  try {
    if (sessionStorage.found && document.querySelector("article")) mark(sessionStorage.found);
    sessionStorage.removeItem("found");
  } catch (refused) { /* see above */ }
  if (astray()) load();
  if (box.contains(document.activeElement)) { load(input.value); answer() }
})();
