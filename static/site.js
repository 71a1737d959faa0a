/* Runs before the page is drawn: puts on the reader's text size, and brings each behaviour when it is first used. */
(function () {
  "use strict";
  var root = document.documentElement, folder = document.currentScript.src, style;
  root.className = "script";
  try {
    var size = localStorage.getItem("edition.size");
    if (/^[2-4]$/.test(size)) root.dataset.size = size;
    var found = sessionStorage.getItem("edition.found"); /* what a result that led here was searched for */
  } catch (refused) { /* then nothing is remembered */ }

  /* Load `file` at the first of the events `types` that is `wanted`, and let it see again all that come until it is
     there; where it cannot be had, the next such event tries again. */
  function first(types, file, wanted) {
    var seen = [];
    function use(event) {
      if (wanted && !wanted(event) || seen.push(event) > 1) return;
      var script = document.createElement("script");
      script.src = new URL(file, folder);
      if (!style) {
        style = document.head.appendChild(document.createElement("link"));
        style.rel = "stylesheet";
        style.href = new URL("script.css", folder);
      }
      script.onload = function () {
        types.forEach(function (type) { removeEventListener(type, use, true) });
        seen.forEach(function (one) { one.target.dispatchEvent(new one.constructor(one.type, one)) });
      };
      script.onerror = function () { seen = [] };
      document.head.appendChild(script);
    }
    types.forEach(function (type) { addEventListener(type, use, true) });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var size = document.querySelector("[data-sizes] [value='" + (root.dataset.size || 1) + "']");
    if (size) size.setAttribute("aria-pressed", true);
    var address = document.querySelector("[data-address]");
    if (address) address.textContent = location.href.split("#")[0];
  });

  function inside(selector) {
    return function (event) { return event.target.closest && event.target.closest(selector) };
  }

  first(["focusin"], "search.js", inside("[role=search]"));
  first(["hashchange", "DOMContentLoaded"], "search.js", function (event) {
    var name = location.hash.slice(1);
    return name && !document.getElementById(name) || event.type === "DOMContentLoaded" && found;
  });
  first(["click"], "size.js", inside("[data-sizes]"));
  first(["scroll"], "follow.js", function () { return document.querySelector(".contents") });
  first(["mouseover", "focusin", "touchstart"], "cite.js", inside("main"));
  first(["keydown", "click"], "keys.js", function (event) {
    return event.type === "click" ? inside("[data-keys]")(event) : event.key.length === 1 && !inside("input")(event);
  });
})();
