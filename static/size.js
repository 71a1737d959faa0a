/* The reader's text size: puts it on and remembers it. */
(function () {
  "use strict";
  var root = document.documentElement, control = document.querySelector("[data-sizes]");
  control.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    if (button.value > 1) root.dataset.size = button.value; else delete root.dataset.size;
    try { localStorage.setItem("edition.size", root.dataset.size || "") } catch (refused) { /* then it lasts as long as the page */ }
    control.querySelectorAll("button").forEach(function (each) { each.setAttribute("aria-pressed", each === button) });
  });
})();
