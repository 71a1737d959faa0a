/* Marks in the table of contents, and names in the bar, the item that is being read. */
(() => {
  "use strict";
  const { edition } = window;
  const contents = document.querySelector(".contents");
  const here = document.querySelector(".here");
  const items = document.querySelectorAll("article .item[id]");
  const links = new Map();
  const named = here.textContent; /* the number of an item's own page */
  let current = null;
  let marked = null;
  let opened = [];
  let asked = false;
  let jumped = -1; /* where the last jump led to */
  for (const link of contents.querySelectorAll("a[href*='#']")) links.set(link.hash.slice(1), link);

  /* The last item that begins above a quarter of the window is being read; on the last screen the
     line moves down, so that the items there get their turn. */
  function follow() {
    const left = document.documentElement.scrollHeight - innerHeight - scrollY;
    const line = innerHeight / 4 + Math.max(0, innerHeight * .75 - left);
    asked = false;
    if (scrollY === jumped) return;
    let read = null;
    for (const item of items) {
      if (item.getBoundingClientRect().top < line) read = item;
    }
    mark(read);
  }

  function mark(item) {
    if (item === current) return;
    current = item;
    here.textContent = item ? item.querySelector(".handle").getAttribute("aria-label") : named;
    if (marked) marked.removeAttribute("aria-current");
    marked = item && links.get(item.id) || null;
    if (!marked) return;
    marked.setAttribute("aria-current", "location");
    unfold(marked);
    if (marked.getClientRects().length) edition.reveal(marked);
  }

  /* Opens the sections above and below a link, and closes those that were opened for another. */
  function unfold(link) {
    const wanted = new Set(link.parentNode.querySelectorAll("details"));
    for (let above = link.closest("details"); above; above = above.parentNode.closest("details")) {
      wanted.add(above);
    }
    for (const section of opened) {
      if (!wanted.has(section)) section.open = false;
    }
    opened = Array.from(wanted).filter((section) => !section.open || opened.includes(section));
    for (const section of opened) section.open = true;
  }

  /* The item that the reader jumps to is being read, wherever it comes to stand. */
  function jump() {
    const item = document.getElementById(location.hash.slice(1));
    if (!item || !links.has(item.id)) return;
    const { top } = item.getBoundingClientRect();
    if (Math.abs(top) > innerHeight) return; /* the reader has gone on */
    jumped = scrollY;
    mark(item);
  }

  addEventListener("scroll", () => {
    if (!asked) requestAnimationFrame(follow);
    asked = true;
  }, { passive: true });
  addEventListener("hashchange", jump);
  jump();
})();
