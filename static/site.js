/* Runs before the page is drawn: puts on the reader's text size, sets the notes, and offers what
   scripts share. All else comes with uses.js, when the reader first does something. */
(() => {
  "use strict";
  const root = document.documentElement;
  const self = document.currentScript.src;
  const narrow = matchMedia("(max-width: 63.99em)");
  const all = (selector) => document.querySelectorAll(selector);

  /* What scripts share. Others have pages at this host too: so keys have a prefix, and what is kept
     is read with care. */
  const edition = window.edition = {
    narrow,
    kept: [], /* what the reader did before uses.js was there */
    recall(key, storage = "localStorage") {
      try { return window[storage].getItem(`edition.${key}`) || "" } catch (refused) { return "" }
    },
    keep(key, value, storage = "localStorage") {
      try {
        window[storage].setItem(`edition.${key}`, value);
      } catch (refused) { /* it lasts as long as the page */ }
    },

    /* The address that a page of this folder is cited by: the site's own where that is known, also
       on the disk. */
    address(page) {
      const [canonical] = all("[rel=canonical]");
      return new URL(page, canonical ? canonical.href : location.href.split(/[?#]/)[0]).href;
    },

    /* Brings an entry into view in the contents. */
    reveal(link) {
      const contents = link.closest(".drawer, .contents");
      const begins = contents.getBoundingClientRect().top;
      const { top, bottom } = link.getBoundingClientRect();
      if (top >= begins && bottom <= innerHeight) return;
      contents.scrollTop += top - begins - innerHeight / 3;
    },

    /* Whether a key is one of `keys`, typed as a command that the reader did not turn off. */
    isCommand({ target, key, ctrlKey, altKey, metaKey }, keys) {
      const isTyping = target.closest && target.closest("input, select, dialog");
      const isPlain = !isTyping && !ctrlKey && !altKey && !metaKey;
      return isPlain && keys.includes(key) && edition.recall("keys") !== "off";
    },

    /* Load a script of this folder; `shown` is done once it is there, `missed` where it cannot be
       had. */
    bring(file, shown, missed) {
      const script = document.createElement("script");
      Object.assign(script, { src: new URL(file, self), onload: shown, onerror: missed });
      document.head.append(script);
    },
  };

  /* Until uses.js is there, what readers do is kept for it, and what it is to answer does nothing
     else. */
  const events = ["click", "focusin", "input", "change", "keydown", "scroll", "selectionchange",
    "hashchange"];
  function use(event) {
    const answered = narrow.matches ? ".handle, .to-contents" : ".handle";
    if (event.type === "click" && event.target.closest(answered)) event.preventDefault();
    if (edition.kept.push(event) > 1) return;
    edition.bring("uses.js", () => {
      for (const type of events) removeEventListener(type, use, true);
    }, () => {
      edition.kept = [];
      all("[role=search] p")[0].textContent = "没有载入";
    });
  }

  /* A browser does something of its own at these keys, and letters typed at once are meant for the
     search. */
  addEventListener("keydown", (event) => {
    if (!edition.isCommand(event, ["/", "j", "k", "m", "?"])) return;
    event.preventDefault();
    if (event.key !== "/") return;
    const [input] = all("[role=search] input");
    input.parentNode.dataset.from = scrollY; /* where Escape returns to */
    input.focus({ preventScroll: true });
  }, true);

  /* Where notes stand in the margin, each stands beside the line of its mark, but below the one
     before. */
  function placeNotes() {
    const marks = all(".mark"); /* they and the notes are in one order */
    let end = -Infinity;
    all(".note").forEach((note, at) => {
      note.style.transform = "";
      if (getComputedStyle(note).float !== "right") return;
      const { top, height } = note.getBoundingClientRect();
      const wanted = Math.max(marks[at].getBoundingClientRect().top, end);
      note.style.transform = `translateY(${Math.min(0, wanted - top)}px)`;
      end = Math.min(wanted, top) + height + 8;
    });
  }

  /* On paper the notes stand by number behind the report; without this script, behind their
     paragraphs. */
  addEventListener("beforeprint", () => {
    let [end] = all("article");
    for (const note of all(".note")) {
      const handle = note.parentNode.querySelector(".handle"); /* the preamble has none */
      const copy = document.createElement("p");
      copy.className = "endnote";
      const place = handle ? `${handle.getAttribute("aria-label")} ` : "";
      copy.textContent = note.textContent.replace("〕", `〕${place}`);
      end.after(copy);
      end = copy;
    }
    root.classList.add("gathered");
  }, { once: true });

  const size = edition.recall("size");
  if (/^[2-4]$/.test(size)) root.dataset.size = size;
  customElements.define("scripted-control", class extends HTMLElement {});
  for (const type of events) addEventListener(type, use, true);

  document.addEventListener("DOMContentLoaded", (event) => {
    const [chosen] = all(`.sizes [value="${root.dataset.size || 1}"]`);
    if (chosen) chosen.setAttribute("aria-pressed", true);
    for (const place of all("[data-address]")) place.textContent = edition.address("");
    const [own] = all(".contents [aria-current]");
    if (own && !narrow.matches) edition.reveal(own);
    placeNotes();
    const found = edition.recall("found", "sessionStorage");
    if (found || location.search || location.hash || edition.recall("form")) use(event);
  }, { once: true });
  addEventListener("resize", placeNotes);
})();
