/* Marks in the table of contents the item that is being read, and keeps it in sight there. */
(function () {
  "use strict";
  var contents = document.querySelector(".contents"), items = document.querySelectorAll("article .item[id]");
  var links = new Map(), marked = null, asked = false, jumped = 0;
  contents.querySelectorAll("a[href*='#']").forEach(function (link) { links.set(link.hash.slice(1), link) });

  /* The last item that begins above a line near the top of the window is being read; on the last screen the line
     moves down, so that the items there get their turn. */
  function follow() {
    var current = null, line = 54 + Math.max(0, innerHeight + scrollY + innerHeight - document.documentElement.scrollHeight);
    asked = false;
    if (Date.now() < jumped + 300) return;
    items.forEach(function (item) { if (item.getBoundingClientRect().top < line) current = item });
    mark(current && links.get(current.id) || null);
  }

  function mark(link) {
    if (link === marked) return;
    if (marked) marked.removeAttribute("aria-current");
    marked = link;
    if (!link) return;
    link.setAttribute("aria-current", "location");
    var box = link.getBoundingClientRect(), frame = contents.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) contents.scrollTop += box.top - frame.top - frame.height / 3;
  }

  /* The item that the reader jumps to is being read, wherever it comes to stand. */
  function jump() {
    var link = links.get(location.hash.slice(1));
    if (!link) return;
    jumped = Date.now();
    mark(link);
  }

  addEventListener("scroll", function () {
    if (!asked) requestAnimationFrame(follow);
    asked = true;
  }, { passive: true });
  addEventListener("hashchange", jump);
  if (performance.now() < 2000) jump();
})();
