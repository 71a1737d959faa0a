/* Runs before the page is drawn: puts on the reader's text size, offers what scripts share, and brings each behaviour
   when it is first used. */
(() => {
  "use strict";
  const root = document.documentElement;
  const folder = document.currentScript.src;
  const narrow = matchMedia("(max-width: 63.99em)");
  let style;

  /* What scripts share. Others have pages at this host too: so keys have a prefix, and what is kept is read with care. */
  const edition = window.edition = {
    narrow,
    recall(key, storage = "localStorage") {
      try { return window[storage].getItem(`edition.${key}`) || "" } catch (refused) { return "" }
    },
    keep(key, value, storage = "localStorage") {
      try { window[storage].setItem(`edition.${key}`, value) } catch (refused) { /* it lasts as long as the page */ }
    },

    /* The address that a page of this folder is cited by: the site's own where that is known, also on the disk. */
    address(page) {
      const canonical = document.querySelector("[rel=canonical]");
      return new URL(page, canonical ? canonical.href : location.href.split(/[?#]/)[0]).href;
    },

    /* Brings an entry into view in the contents. */
    reveal(link) {
      const contents = link.closest(".drawer, .contents");
      const box = link.getBoundingClientRect();
      const frame = contents.getBoundingClientRect();
      if (box.top >= frame.top && box.bottom <= frame.bottom) return;
      contents.scrollTop += box.top - frame.top - frame.height / 3;
    },
  };

  /* Load `file` at the first of the events `types` that is `wanted`, and let it see again all that come until it is
     there; where it cannot be had, the next such event tries again. What `holds` does nothing else meanwhile. */
  function first(types, file, wanted, holds) {
    let seen = [];
    function use(event) {
      if (!wanted(event)) return;
      if (holds) event.preventDefault();
      if (seen.push(event) > 1) return;
      const script = document.createElement("script");
      script.src = new URL(file, folder);
      if (!style) {
        style = document.createElement("link");
        style.rel = "stylesheet";
        style.href = new URL("script.css", folder);
        document.head.append(style);
      }
      script.onload = () => {
        for (const type of types) removeEventListener(type, use, true);
        for (const one of seen) one.target.dispatchEvent(new one.constructor(one.type, one));
      };
      script.onerror = () => { seen = [] };
      document.head.append(script);
    }
    for (const type of types) addEventListener(type, use, true);
  }

  const inside = (selector) => (event) => event.target.closest && event.target.closest(selector);

  /* Where notes stand in the margin, each stands beside the line of its mark, but below the one before. */
  function placeNotes() {
    let end = 0;
    for (const note of document.querySelectorAll("article .note")) {
      note.style.transform = "";
      if (getComputedStyle(note).float !== "right") continue;
      const mark = document.querySelector(`[href="#${note.id}"]`);
      const { top, height } = note.getBoundingClientRect();
      const wanted = Math.max(mark.getBoundingClientRect().top + scrollY, end);
      note.style.transform = `translateY(${Math.min(0, wanted - top - scrollY)}px)`;
      end = Math.min(wanted, top + scrollY) + height + 8;
    }
  }

  /* On paper the notes stand by number behind the report; without this script, behind their paragraphs. */
  addEventListener("beforeprint", () => {
    let end = document.querySelector("article");
    for (const note of document.querySelectorAll("article .note")) {
      const item = note.closest(".item");
      const copy = note.cloneNode(true);
      copy.removeAttribute("style");
      copy.id = "";
      copy.className = "endnote";
      if (item) copy.append(`（${item.querySelector(".handle").getAttribute("aria-label")}）`);
      end.after(copy);
      end = copy;
    }
    root.classList.add("gathered");
  }, { once: true });

  const size = edition.recall("size");
  if (/^[2-4]$/.test(size)) root.dataset.size = size;
  customElements.define("scripted-control", class extends HTMLElement {});

  document.addEventListener("DOMContentLoaded", () => {
    const chosen = document.querySelector(`.sizes [value="${root.dataset.size || 1}"]`);
    if (chosen) chosen.setAttribute("aria-pressed", true);
    for (const place of document.querySelectorAll("[data-address]")) {
      place.textContent = edition.address(location.href.split(/[?#]/)[0]);
    }
    const own = document.querySelector(".contents [aria-current]");
    if (own && !narrow.matches) edition.reveal(own);
    placeNotes();
  });
  addEventListener("resize", placeNotes);

  const found = edition.recall("found", "sessionStorage"); /* what a result that led here was searched for */
  first(["focusin"], "search.js", inside("[role=search]"));
  first(["hashchange", "DOMContentLoaded"], "search.js", (event) => {
    const name = location.hash.slice(1);
    return name && !document.getElementById(name) || event.type === "DOMContentLoaded" && found;
  });
  first(["click"], "bar.js", inside(".sizes"));
  first(["click"], "bar.js", (event) => narrow.matches && inside(".to-contents")(event), true);
  first(["scroll"], "follow.js", () => document.querySelector(".contents"));
  first(["click"], "cite.js", inside(".handle"), true);
  first(["change", "click"], "cite.js", inside(".forms"));
  first(["DOMContentLoaded"], "cite.js", () => edition.recall("style") && document.querySelector(".forms"));
  first(["selectionchange"], "cite.js", () => !getSelection().isCollapsed);
  first(["keydown"], "keys.js", (event) => event.key.length === 1 && !inside("input")(event));
  first(["click"], "keys.js", inside(".keys"));
})();
