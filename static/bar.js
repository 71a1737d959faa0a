/* The bar: the reader's text size, and the contents as a drawer over narrow pages. */
(() => {
  "use strict";
  const { edition } = window;
  const root = document.documentElement;
  const sizes = document.querySelector(".sizes");
  const opener = document.querySelector(".to-contents");
  const contents = document.querySelector(".contents");

  /* Puts on a size; the first paragraph in view stays where it is. */
  function resize(value) {
    const bar = edition.narrow.matches ? document.querySelector(".banner").offsetHeight : 0;
    const words = "main p, main h1, main h2, main h3, main h4";
    const passages = Array.from(document.querySelectorAll(words));
    const kept = passages.find((passage) => passage.getBoundingClientRect().bottom > bar);
    const before = kept ? kept.getBoundingClientRect().top : 0;
    if (value > 1) root.dataset.size = value; else delete root.dataset.size;
    if (kept) scrollBy(0, kept.getBoundingClientRect().top - before);
    edition.keep("size", root.dataset.size || "");
    for (const one of sizes.querySelectorAll("[value]")) {
      one.setAttribute("aria-pressed", one.value === value);
    }
    dispatchEvent(new Event("resize")); /* notes stand elsewhere now */
  }

  function unfold(open) { sizes.querySelector(".choose").setAttribute("aria-expanded", open) }

  sizes.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (!button.value) return unfold(button.getAttribute("aria-expanded") === "false");
    resize(button.value);
  });
  document.addEventListener("click", (event) => {
    if (!sizes.contains(event.target)) unfold(false);
  });
  sizes.addEventListener("keydown", (event) => { if (event.key === "Escape") unfold(false) });

  if (!contents) return;
  const place = document.createComment("contents");
  const drawer = document.createElement("dialog");
  const close = document.createElement("button");
  drawer.className = "drawer";
  drawer.setAttribute("aria-label", "目录");
  close.type = "button";
  close.className = "close";
  close.textContent = "关闭目录";
  drawer.append(close);

  /* A dialog: all behind it is inert, Escape closes it, and the history knows nothing of it. */
  function open(event) {
    if (!edition.narrow.matches || drawer.open) return;
    event.preventDefault();
    if (!drawer.showModal) { /* then the contents are where they are without script */
      location.hash = opener.hash;
      return;
    }
    contents.replaceWith(place);
    drawer.append(contents);
    document.body.append(drawer);
    drawer.showModal();
    const marks = drawer.querySelectorAll("li [aria-current]");
    if (marks.length) edition.reveal(marks[marks.length - 1]);
  }

  drawer.addEventListener("close", () => {
    place.replaceWith(contents);
    drawer.remove();
    opener.focus({ preventScroll: true });
  });
  drawer.addEventListener("click", (event) => {
    if (event.target.closest("a, .close")) drawer.close();
  });
  opener.addEventListener("click", open);
  edition.narrow.addListener(() => { if (drawer.open) drawer.close() });
})();
