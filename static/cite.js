/* Copies the address of an item, a citation of it, and a quotation of what is selected with its citation. */
(function () {
  "use strict";
  var article = document.querySelector("article");
  if (!article) return;
  var time = document.querySelector(".about time"), issuer = document.querySelector(".issuer"), styles = {
    "GB/T 7714—2025": function (c) { return [c.issuer + ". " + c.title + "：" + c.number + "[R/OL]. " + c.published + ". ", c.url, "."] },
    "GB/T 7714—2015": function (c) { return [c.issuer + ". " + c.title + "：" + c.number + "[R/OL]. (" + c.published + ")[" + c.today + "]. ", c.url, "."] },
    "法学引注手册": function (c) { return [c.issuer + "：《" + c.title + "》" + c.number + "，载" + c.site + "，" + c.day + "，", c.url, "。"] }
  };
  var chosen = Object.keys(styles)[0], panel = document.createElement("div"), quote = document.createElement("button");
  try { chosen = styles[localStorage.getItem("style")] ? localStorage.getItem("style") : chosen } catch (refused) { /* the first */ }

  /* The line of links that belongs to an item: behind its heading, or above it where it is the page's own. */
  function links(item) { return item.querySelector("#" + item.id + " > .links") || document.querySelector(".place") }

  function number(item) { return links(item).firstElementChild.textContent }

  function address(item) { return new URL(item.id + ".html", location.href.split("#")[0]).href }

  /* A citation in the chosen style as [before, address, after]. */
  function citation(item) {
    var now = new Date();
    return styles[chosen]({
      issuer: issuer ? issuer.textContent : "", title: document.querySelector(".trail li:nth-child(2)").textContent,
      number: number(item), site: document.querySelector(".home").textContent, url: address(item),
      published: time ? time.dateTime : "", day: time ? time.textContent : "",
      today: new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10)
    });
  }

  /* Puts text/plain and text/html on the clipboard together; tells whether the browser let it. */
  function copy(plain, html) {
    function fill(event) {
      event.clipboardData.setData("text/plain", plain);
      event.clipboardData.setData("text/html", html);
      event.preventDefault();
    }
    document.addEventListener("copy", fill);
    try { return document.execCommand("copy") } catch (refused) { return false } finally { document.removeEventListener("copy", fill) }
  }

  function escape(text) { return text.replace(/[&<>"]/g, function (one) { return "&#" + one.charCodeAt(0) + ";" }) }

  /* Copies, and shows below the item what was copied: there it can also be selected, where the clipboard is refused. */
  function give(item, before, url, after, again) {
    var link = '<a href="' + escape(url) + '">' + escape(url) + "</a>";
    var done = copy(before + url + after, escape(before).replace(/\n/g, "<br>") + link + escape(after));
    panel.textContent = "";
    panel.appendChild(document.createElement("p")).textContent = done ? "已复制" : "浏览器不允许复制，请自行选取";
    var text = panel.appendChild(document.createElement("p"));
    text.className = "copied";
    text.textContent = before + url + after;
    if (again) {
      var select = panel.appendChild(document.createElement("select"));
      select.setAttribute("aria-label", "引文格式");
      Object.keys(styles).forEach(function (name) { select.add(new Option(name, name, name === chosen, name === chosen)) });
      select.addEventListener("change", function () {
        chosen = select.value;
        try { localStorage.setItem("style", chosen) } catch (refused) { /* it lasts as long as the page */ }
        again();
        panel.querySelector("select").focus();
      });
    }
    var close = panel.appendChild(document.createElement("button"));
    close.textContent = "关闭";
    close.type = "button";
    close.addEventListener("click", function () { panel.remove() });
    var runsOn = getComputedStyle(item.firstElementChild).display === "inline";
    item.insertBefore(panel, runsOn ? null : item.firstElementChild.nextSibling);
    if (!done) getSelection().selectAllChildren(text);
  }

  function cite(item) { give.apply(null, [item].concat(citation(item), function () { cite(item) })) }

  function button(text, name, act, parent) {
    var made = parent.appendChild(document.createElement("button"));
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", text + " " + name);
    made.addEventListener("click", act);
  }

  document.querySelectorAll(".item").forEach(function (item) {
    button("复制链接", number(item), function () { give(item, "", address(item), "") }, links(item));
    button("复制引文", number(item), function () { cite(item) }, links(item));
  });

  panel.className = "citation";
  panel.dataset.apparatus = "";
  panel.setAttribute("role", "status");

  /* A selection in the report's words. */
  quote.className = "quote";
  quote.type = "button";
  quote.textContent = "复制引用";
  document.addEventListener("selectionchange", function () {
    var selection = getSelection(), range = selection.rangeCount && selection.getRangeAt(0);
    if (!range || selection.isCollapsed || !article.contains(range.commonAncestorContainer) || panel.contains(range.commonAncestorContainer)) {
      return quote.remove();
    }
    var box = range.getBoundingClientRect();
    quote.style.left = Math.max(0, Math.min(box.left, innerWidth - 120)) + pageXOffset + "px";
    quote.style.top = box.bottom + pageYOffset + 8 + "px";
    document.body.appendChild(quote);
  });
  quote.addEventListener("mousedown", function (event) { event.preventDefault() });
  quote.addEventListener("click", function () {
    var range = getSelection().getRangeAt(0), words = range.cloneContents(), node = range.commonAncestorContainer;
    words.querySelectorAll("[data-apparatus]").forEach(function (each) { each.remove() });
    var item = (node.closest ? node : node.parentNode).closest(".item") || document.querySelector(".item");
    var parts = citation(item);
    parts[0] = "“" + words.textContent.replace(/\s*\n\s*/g, "") + "”\n" + parts[0];
    give.apply(null, [item].concat(parts));
    quote.remove();
  });
})();
