/* Single keys: / search, j and k next and previous item, m full text or item page, ? this list.
   They can be turned off. */
(() => {
  "use strict";
  const { edition } = window;
  const keys = {
    "/": "搜索",
    j: "下一条",
    k: "上一条",
    m: "全文与单页之间切换",
    "?": "显示这个列表",
  };
  let off = edition.recall("keys") === "off";
  let dialog = null;
  let jumped = {};

  function follow(selector) {
    const link = document.querySelector(selector);
    if (link) link.click();
  }

  /* The item that is being read on the full text: the one jumped to, until the reader scrolls, then
     the one that the contents mark; -1 before the first. */
  function reading(items) {
    if (jumped.y === pageYOffset) return jumped.at;
    const marked = document.querySelector(".contents [aria-current=location]");
    const id = (marked || location).hash.slice(1);
    return items.findIndex((item) => item.id === id);
  }

  function jump(items, at) {
    if (!items[at]) return;
    location.replace(`#${items[at].id}`); /* Back leaves the page, however many items were read */
    jumped = { at, y: pageYOffset };
  }

  function act(key) {
    const items = Array.from(document.querySelectorAll(".full article .item"));
    const at = reading(items);
    const step = { j: 1, k: -1 }[key];
    if (key === "?") show();
    else if (step && items.length) jump(items, at + step);
    else if (step) follow(step > 0 ? "[rel=next]" : "[rel=prev]");
    else if (items.length) location.href = `${items[Math.max(at, 0)].id}.html`;
    else follow(".trail > a");
  }

  function show() {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.setAttribute("aria-label", "键盘快捷键");
      dialog.innerHTML = `<dl></dl><p><label><input type=checkbox> 启用单键快捷键</label></p>
        <p><button type=button autofocus>关闭</button></p>`;
      const here = document.querySelector(".steps") ? { n: "下一处不同", p: "上一处不同" } : {};
      for (const [key, does] of Object.entries({ ...keys, ...here })) {
        const row = document.createElement("div");
        dialog.firstChild.append(row);
        row.append(document.createElement("dt"), document.createElement("dd"));
        row.firstChild.textContent = key;
        row.lastChild.textContent = does;
      }
      const box = dialog.querySelector("input");
      box.checked = !off;
      box.addEventListener("change", () => {
        off = !box.checked;
        edition.keep("keys", off ? "off" : "on");
      });
      dialog.querySelector("button").addEventListener("click", () => dialog.close());
      document.body.append(dialog);
    }
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (off || !edition.isCommand(event, ["j", "k", "m", "?"])) return;
    event.preventDefault();
    act(event.key);
  });
  document.addEventListener("click", (event) => { if (event.target.closest(".keys")) show() });
})();
