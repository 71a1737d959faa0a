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
     there; where it cannot be had, the next such event tries again. How that stands is told by `tell`, if given. */
  function first(types, file, wanted, tell) {
    var seen = [];
    function use(event) {
      if (wanted && !wanted(event)) return;
      if (tell) tell("正在载入…");
      if (seen.push(event) > 1) return;
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
      script.onerror = function () {
        seen = [];
        if (tell) tell("没有载入，请再试");
      };
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

  /* Whoever looks for something before the search is there is told so. */
  function tell(words) {
    var box = document.querySelector("[role=search]");
    if (box.querySelector("input").value || asked()) box.querySelector("[role=status]").textContent = words;
  }

  function asked() { return new URLSearchParams(location.search).get("q") }

  first(["focusin", "input", "keydown", "hashchange", "DOMContentLoaded"], "search.js", function (event) {
    var name = location.hash.slice(1), isPage = event.type === "hashchange" || event.type === "DOMContentLoaded";
    if (!isPage) return inside("[role=search]")(event);
    return name && !document.getElementById(name) || event.type === "DOMContentLoaded" && (found || asked());
  }, tell);
  first(["click"], "size.js", inside("[data-sizes]"));
  first(["scroll"], "follow.js", function () { return document.querySelector(".contents") });
  first(["mouseover", "focusin", "touchstart"], "cite.js", inside("main"));
  first(["keydown", "click"], "keys.js", function (event) {
    if (event.type === "click") return inside("[data-keys]")(event);
    if (!isSingleKey(event, "jkm?")) return false;
    event.preventDefault(); /* nor does the browser do something of its own: it is too late when the script is there */
    return true;
  });
  addEventListener("keydown", function (event) {
    if (!isSingleKey(event, "/")) return;
    var box = document.querySelector("[role=search]"), input = box.querySelector("input");
    event.preventDefault(); /* Firefox opens its own search */
    box.dataset.from = scrollY; /* where Escape returns to */
    input.focus();
  }, true);

  /* Whether a key is one of `keys`, typed as a command that the reader did not turn off. */
  function isSingleKey(event, keys) {
    var typing = inside("input, textarea, select, dialog, [contenteditable]")(event);
    if (typing || event.ctrlKey || event.altKey || event.metaKey || keys.indexOf(event.key) < 0) return false;
    try { return localStorage.getItem("edition.keys") !== "off" } catch (refused) { return true }
  }
})();
