/* Copies the address of an item, a citation of it, and a quotation of what is selected with its citation. */
(function () {
  "use strict";
  var article = document.querySelector("article");
  if (!article) return;
  var time = document.querySelector(".about time"), issuer = document.querySelector(".issuer");
  /* The build writes the forms of sitegen/render/citations.py before this file: [{name, text}], the usual one first. */
  var forms = window.citationForms, chosen = forms[0];
  var panel = document.createElement("div"), quote = document.createElement("button"), opener = null;
  try { choose(localStorage.getItem("edition.style")) } catch (refused) { /* the first */ }

  function choose(name) { chosen = forms.find(function (form) { return form.name === name }) || chosen }

  /* A form's text, or a piece of it, with its slots filled: {title}; <…> is left out where a slot in it is empty. */
  function fill(text, slots) {
    var slot = /\{(\w+)\}/g;
    return text.replace(/<(.*?)>/g, function (all, part) {
      return part.match(slot).every(function (one) { return slots[one.slice(1, -1)] }) ? part : "";
    }).replace(slot, function (all, name) { return slots[name] });
  }

  /* The line of links that belongs to an item: behind its heading, or above it where it is the page's own. */
  function links(item) { return item.querySelector("#" + item.id + " > .links") || document.querySelector(".place") }

  /* Without an item it is the whole report that is cited. */
  function number(item) { return item ? links(item).firstElementChild.textContent : "" }

  function address(item) { return new URL((item ? item.id : "index") + ".html", location.href.split("#")[0]).href }

  /* A citation in the chosen form as [before, address, after]. */
  function citation(item) {
    var now = new Date(), halves = chosen.text.split("{url}"), slots = {
      issuer: issuer ? issuer.textContent : "", title: document.querySelector(".trail li:nth-child(2)").textContent,
      number: number(item), site: document.querySelector(".home").textContent,
      published: time ? time.dateTime : "", day: time ? time.textContent : "",
      today: new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10)
    };
    return [fill(halves[0], slots), address(item), fill(halves[1], slots)];
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
    if (!panel.contains(document.activeElement)) opener = document.activeElement;
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
      forms.forEach(function (form) { select.add(new Option(form.name, form.name, form === chosen, form === chosen)) });
      select.addEventListener("change", function () {
        choose(select.value);
        try { localStorage.setItem("edition.style", chosen.name) } catch (refused) { /* it lasts as long as the page */ }
        again();
        panel.querySelector("select").focus();
      });
    }
    var close = panel.appendChild(document.createElement("button"));
    close.textContent = "关闭";
    close.type = "button";
    close.addEventListener("click", leave);
    var place = item || document.getElementById("s0") || article;
    var below = !item || getComputedStyle(item.firstElementChild).display === "inline";
    place.insertBefore(panel, below ? null : item.firstElementChild.nextSibling);
    if (!done) getSelection().selectAllChildren(text);
  }

  function leave() {
    panel.remove();
    if (opener && opener.isConnected) opener.focus();
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
  panel.addEventListener("keydown", function (event) { if (event.key === "Escape") leave() });

  /* The report's words in a range, and the deepest item that holds them all, null where only the whole report does. */
  function selected(range) {
    var text = "", held = [], walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      var node = walker.currentNode;
      if (!range.intersectsNode(node) || node.parentNode.closest("[data-apparatus]")) continue;
      var from = node === range.startContainer ? range.startOffset : 0;
      var part = node.data.slice(from, node === range.endContainer ? range.endOffset : node.length);
      if (part.trim()) held.push(node.parentNode);
      text += part;
    }
    var item = held.length ? held[0].closest(".item") : null;
    while (item && !item.contains(held[held.length - 1])) item = item.parentNode.closest(".item");
    return { text: text.replace(/\s*\n\s*/g, "").trim(), item: item };
  }

  quote.className = "quote";
  quote.type = "button";
  quote.textContent = "复制引用";
  document.addEventListener("selectionchange", function () {
    var selection = getSelection(), range = selection.rangeCount && selection.getRangeAt(0);
    if (!range || selection.isCollapsed || !selected(range).text) return quote.remove();
    var box = range.getBoundingClientRect();
    quote.style.left = Math.max(0, Math.min(box.left, innerWidth - 120)) + pageXOffset + "px";
    quote.style.top = box.bottom + pageYOffset + 8 + "px";
    document.body.appendChild(quote);
  });
  quote.addEventListener("mousedown", function (event) { event.preventDefault() });
  quote.addEventListener("click", function () {
    var words = selected(getSelection().getRangeAt(0)), parts = citation(words.item);
    parts[0] = "“" + words.text + "”\n" + parts[0];
    give.apply(null, [words.item].concat(parts));
    quote.remove();
  });
})();
