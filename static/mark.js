/* Marks in the words of a page what was looked for: on one that a result or a term led to, or where
   search.js says so. */
(() => {
  "use strict";
  const { edition } = window;
  let marked = [];

  /* Mark each of some lines in the report's words, and nothing else; what was marked before is not
     any more. */
  function mark(lines) {
    for (const { node, parts } of marked) {
      parts[0].replaceWith(node);
      for (const part of parts.slice(1)) part.remove();
    }
    const { nodes, text } = wordsOfPage(), places = window.finding.placesOf(lines, text);
    marked = [];
    let next = 0; /* the first place that does not end before the node */
    for (const { node, start } of nodes) {
      while (next < places.length && places[next][1] <= start) next++;
      const parts = partsOf(text, start, start + node.length, places, next);
      if (!parts) continue;
      const all = document.createDocumentFragment();
      for (const part of parts) all.appendChild(part);
      node.replaceWith(all);
      marked.push({ node, parts });
    }
    bringIntoView();
  }

  /* The text nodes of the report's own words with their places in the text that they make. */
  function wordsOfPage() {
    const article = document.querySelector("article"), nodes = [], texts = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    let length = 0;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentNode.closest("[data-apparatus]")) continue;
      nodes.push({ node, start: length });
      texts.push(node.data);
      length += node.length;
    }
    return { nodes, text: texts.join("") };
  }

  /* The text from `start` to `end` as nodes, those at the places from the `next` on as marks; null
     where there are none. */
  function partsOf(text, start, end, places, next) {
    const parts = [];
    let done = start;
    for (let n = next; n < places.length && places[n][0] < end; n++) {
      const from = Math.max(places[n][0], start), to = Math.min(places[n][1], end);
      if (!text.slice(from, to).trim()) continue;
      if (from > done) parts.push(document.createTextNode(text.slice(done, from)));
      const found = document.createElement("mark");
      found.textContent = text.slice(from, to);
      parts.push(found);
      done = to;
    }
    if (!parts.length) return null;
    if (done < end) parts.push(document.createTextNode(text.slice(done, end)));
    return parts;
  }

  /* The first mark in the place that the address names, or on the page where it names none. */
  function bringIntoView() {
    const place = document.getElementById(location.hash.slice(1)) || document;
    const first = place.querySelector("article mark");
    if (!first) return;
    const { top, bottom } = first.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) first.scrollIntoView({ block: "center" });
  }

  window.marking = { mark };
  edition.dress("search.css");
  /* What the result or the term that led here was about. */
  const found = edition.recall("found", "sessionStorage");
  edition.keep("found", "", "sessionStorage");
  if (found && document.querySelector("article")) {
    edition.load("find.js").then(() => mark(found), () => { /* then nothing is marked */ });
  }
})();
