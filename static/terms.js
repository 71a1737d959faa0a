/* Has the page that a term leads to mark every occurrence, in every form; without it the passage
   alone is set off. */
(() => {
  "use strict";
  document.querySelector("main").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const term = link && link.closest("[data-forms]");
    if (!term || event.ctrlKey || event.metaKey || event.shiftKey) return;
    try {
      sessionStorage.setItem("edition.found", term.dataset.forms);
    } catch (refused) { /* then nothing more is marked */ }
  });
})();
