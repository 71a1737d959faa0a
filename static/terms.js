/* Has the page that a term leads to mark every occurrence, in every form; without it the passage
   alone is set off. */
(() => {
  "use strict";
  document.querySelector("main").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const term = link && link.closest("[data-forms]");
    if (!term || event.ctrlKey || event.metaKey || event.shiftKey) return;
    window.edition.keep("found", term.dataset.forms, "sessionStorage");
  });
})();
