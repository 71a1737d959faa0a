/* Single keys: / search, j and k next and previous item, m full text or item page, ? this list. They can be turned off. */
(function () {
  "use strict";
  var keys = { "/": "搜索", j: "下一条", k: "上一条", m: "全文与单页之间切换", "?": "显示这个列表" };
  var off = false, dialog = null, jumped = {};
  try { off = localStorage.getItem("edition.keys") === "off" } catch (refused) { /* then the choice lasts as long as the page */ }

  function open(link) { if (link) link.click() }

  /* The item that is being read on the full text: the one jumped to, until the reader scrolls, then the one that the
     contents mark; -1 before the first. */
  function reading(items) {
    if (jumped.y === pageYOffset) return jumped.at;
    var marked = document.querySelector(".contents [aria-current=location]"), id = (marked || location).hash.slice(1);
    return items.findIndex(function (item) { return item.id === id });
  }

  function jump(items, at) {
    if (!items[at]) return;
    location.replace("#" + items[at].id); /* Back leaves the page, however many items were read */
    jumped = { at: at, y: pageYOffset };
  }

  function act(key) {
    var items = Array.from(document.querySelectorAll("article .item")), full = document.querySelector(".contents [href='#" + (items[0] || {}).id + "']");
    var at = reading(items), step = { j: 1, k: -1 }[key];
    if (key === "/") document.querySelector("[role=search] input").focus();
    else if (key === "?") show();
    else if (step && full) jump(items, at + step);
    else if (step) open(document.querySelector(step > 0 ? "[rel=next]" : "[rel=prev]"));
    else if (full) open(document.querySelector("#" + items[Math.max(at, 0)].id + " .links [href$='.html']"));
    else open(document.querySelector(".place a"));
  }

  function show() {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.setAttribute("aria-label", "键盘快捷键");
      dialog.innerHTML = "<dl></dl><p><label><input type=checkbox> 启用单键快捷键</label></p><p><button type=button autofocus>关闭</button></p>";
      Object.keys(keys).forEach(function (key) {
        var row = dialog.firstChild.appendChild(document.createElement("div"));
        row.appendChild(document.createElement("dt")).textContent = key;
        row.appendChild(document.createElement("dd")).textContent = keys[key];
      });
      var box = dialog.querySelector("input");
      box.checked = !off;
      box.addEventListener("change", function () {
        off = !box.checked;
        try { localStorage.setItem("edition.keys", off ? "off" : "on") } catch (refused) { /* see above */ }
      });
      dialog.querySelector("button").addEventListener("click", function () { dialog.close() });
      document.body.appendChild(dialog);
    }
    dialog.showModal();
  }

  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, textarea, select, dialog, [contenteditable]");
    if (off || typing || event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    act(event.key);
  });
  document.addEventListener("click", function (event) { if (event.target.closest("[data-keys]")) show() });
})();
