/* The menu of a number: an item's address, its citation, its page; words copied as words; and what
   is selected, quoted with its citation. */
(() => {
  "use strict";
  const { edition } = window;
  const article = document.querySelector("article");
  if (!article) return;
  /* The build writes the forms of sitegen/render/citations.py before this file: [{name, text}], the
     usual one first. */
  const forms = window.citationForms;
  let chosen = form(edition.recall("form")) || forms[0];

  function form(name) { return forms.find((one) => one.name === name) }

  function element(name, text, properties) {
    return Object.assign(document.createElement(name), { textContent: text }, properties);
  }

  /* What is said of the report comes from the page's data, for a browser may have translated what
     it shows. */
  function told(name) {
    const meta = document.querySelector(`meta[name="${name}"], meta[property="${name}"]`);
    return meta ? meta.content : "";
  }

  function handleOf(item) { return document.querySelector(`.handle[href="#${item.id}"]`) }

  /* Without an item it is the whole report that is cited. */
  function number(item) { return item ? handleOf(item).getAttribute("aria-label") : "" }

  function address(item) { return edition.address(`${item ? item.id : "index"}.html`) }

  /* A form's text, or a piece of it, with its slots filled: {title}; <…> is left out where a slot
     in it is empty. */
  function fill(text, slots) {
    const slot = /\{(\w+)\}/g;
    const whole = text.replace(/<(.*?)>/g, (all, part) =>
      part.match(slot).every((one) => slots[one.slice(1, -1)]) ? part : "");
    return whole.replace(slot, (all, name) => slots[name]);
  }

  /* A citation in the chosen form as [before, address, after]. */
  function citation(item) {
    const now = new Date();
    const published = told("PubDate");
    const [year, month, day] = published.split("-").map(Number);
    const [before, after] = chosen.text.split("{url}");
    const slots = {
      issuer: told("citation_author"),
      title: told("ArticleTitle"),
      number: number(item),
      site: told("og:site_name"),
      published,
      day: published && `${year}年${month}月${day}日`,
      today: new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10),
    };
    return [fill(before, slots), address(item), fill(after, slots)];
  }

  function escape(text) { return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`) }

  /* Puts text/plain and text/html on the clipboard together; tells whether the browser let it. */
  function copy(plain, html) {
    function put(event) {
      event.clipboardData.setData("text/plain", plain);
      event.clipboardData.setData("text/html", html);
      event.preventDefault();
    }
    document.addEventListener("copy", put);
    try {
      return document.execCommand("copy");
    } catch (refused) {
      return false;
    } finally {
      document.removeEventListener("copy", put);
    }
  }

  /* Copies, and says so in `place`; where the clipboard is refused, shows what is to be copied by
     hand. */
  function give(place, before, url, after) {
    const link = `<a href="${escape(url)}">${escape(url)}</a>`;
    const html = escape(before).replace(/\n/g, "<br>") + link + escape(after);
    if (copy(before + url + after, html)) return say(place, "已复制 ✓");
    const dialog = element("dialog", "", { className: "copied" });
    const field = element("textarea", before + url + after, { readOnly: true, rows: 5 });
    const close = element("button", "关闭", { type: "button" });
    field.setAttribute("aria-label", "请自行复制");
    dialog.append(element("p", "浏览器不允许复制，请自行复制："), field, close);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    field.select();
  }

  /* Says something at a place for two seconds. */
  let saying = 0;
  function say(place, words) {
    clearTimeout(saying);
    /* the buttons make room for the words */
    if (place === menu) opener.focus({ preventScroll: true });
    place.dataset.said = "";
    place.querySelector("[role=status]").textContent = words;
    saying = setTimeout(() => {
      hush(place);
      if (place === menu) leave(false);
    }, 2000);
  }

  function hush(place) {
    delete place.dataset.said;
    place.querySelector("[role=status]").textContent = "";
  }

  /* The menu: one for all numbers, laid where the number stands, or over the bar. */
  const menu = element("div", "", { className: "menu" });
  const single = element("a", "");
  let opener = null;
  menu.dataset.apparatus = "";
  menu.setAttribute("role", "group");
  button("链接", (item) => give(menu, "", address(item), ""));
  button("引文", (item) => give(menu, ...citation(item)));
  menu.append(single);
  button("打印", print);
  if (navigator.share && matchMedia("(pointer: coarse)").matches) button("分享", share);
  menu.append(element("span", ""));
  menu.lastChild.setAttribute("role", "status");

  function button(text, act) {
    const made = element("button", text, { type: "button" });
    made.addEventListener("click", () => act(opener.closest(".item")));
    menu.append(made);
  }

  function enter(handle) {
    const item = handle.closest(".item");
    const isOwn = item.parentNode === article && !document.querySelector(".full");
    if (opener) leave(false);
    opener = handle;
    single.textContent = isOwn ? "全文" : "单页";
    single.href = isOwn ? `index.html#${item.id}` : `${item.id}.html`;
    menu.setAttribute("aria-label", number(item));
    menu.dataset.number = number(item);
    handle.setAttribute("aria-expanded", true);
    handle.after(menu);
    menu.firstChild.focus({ preventScroll: true });
    history.replaceState(history.state, "", `#${item.id}`);
  }

  function leave(back) {
    if (!opener) return;
    const handle = opener;
    opener = null;
    clearTimeout(saying);
    hush(menu);
    handle.setAttribute("aria-expanded", false);
    menu.remove();
    if (back) handle.focus({ preventScroll: true });
  }

  /* Prints an item alone, with its own address: the style hides what is neither it nor the way down
     to it. */
  function print(item) {
    const way = [];
    const imprint = document.querySelector(".imprint [data-address]");
    for (let above = item.parentNode; above !== article; above = above.parentNode) way.push(above);
    leave(true);
    for (const one of way) one.classList.add("way");
    item.classList.add("chosen");
    document.body.classList.add("printing");
    if (imprint) imprint.textContent = address(item);
    addEventListener("afterprint", () => {
      for (const one of [...way, item, document.body]) {
        one.classList.remove("way", "chosen", "printing");
      }
      if (imprint) imprint.textContent = edition.address("");
    }, { once: true });
    window.print();
  }

  function share(item) {
    const title = `${number(item)} · ${told("ArticleTitle")}`;
    navigator.share({ title, url: address(item) }).catch(() => { /* the reader thought better */ });
    leave(true);
  }

  document.addEventListener("click", (event) => {
    const handle = event.target.closest(".handle");
    if (!handle && !menu.contains(event.target)) leave(false);
    if (!handle || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (handle === opener) leave(true); else enter(handle);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opener) leave(true);
  });
  menu.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next && next !== opener && !menu.contains(next)) leave(false);
  });

  /* The citation that stands on an item's page, in the form that the reader chooses; a date never
     breaks, as in keep_ranges of sitegen/render/typography.py. */
  const DATE = /(\d+(?:-\d+)+)/;
  const cited = document.querySelector(".citation");
  if (cited) {
    const control = document.querySelector(".forms");
    const select = control.querySelector("select");
    const item = article.querySelector(".item");
    const show = () => {
      const [before, url, after] = citation(item);
      const link = cited.querySelector("a");
      const pieces = before.split(DATE).map((piece, at) =>
        at % 2 ? element("span", piece, { className: "range" }) : piece);
      link.textContent = url;
      cited.textContent = "";
      cited.append(...pieces, link, after);
      select.value = chosen.name;
    };
    select.addEventListener("change", () => {
      chosen = form(select.value);
      edition.keep("form", chosen.name);
      show();
    });
    const button = control.querySelector("button");
    button.addEventListener("click", () => give(control, ...citation(item)));
    if (chosen !== forms[0]) show();
  }

  /* The report's words in a part of the document, block by block: {text, heading, run}; `run` tells
     that the block goes on in the next one's line. */
  function blocks(part) {
    const found = [];
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    let last = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!node.data.trim() || parent && parent.closest("[data-apparatus]")) continue;
      const block = parent && parent.closest("h1, h2, h3, h4, h5, p");
      if (!found.length || block !== last) found.push({ text: "", heading: "", run: false });
      const [own] = found.slice(-1);
      own.text += node.data;
      if (block && block.localName !== "p") {
        own.heading = block.localName;
        own.run = block.localName !== "h1" && block.parentNode.matches(".level-3, .level-4");
      }
      last = block;
    }
    return found;
  }

  /* What is copied is the words, in their paragraphs, without colours, places and buttons. */
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || event.defaultPrevented) return;
    const range = selection.getRangeAt(0);
    const isField = event.target.closest && event.target.closest("input, textarea");
    if (isField || !range.intersectsNode(article)) return;
    const found = blocks(range.cloneContents());
    if (!found.length) return;
    let plain = "";
    let html = "";
    let open = "";
    for (const { text, heading, run } of found) {
      const tag = run || !heading ? "p" : heading;
      if (!open) html += `<${tag}>`;
      html += run ? `<b>${escape(text)}</b>` : escape(text);
      plain += text;
      open = run ? tag : "";
      if (!open) {
        html += `</${tag}>`;
        plain += "\n";
      }
    }
    if (open) html += `</${open}>`;
    if (found.length === 1) html = escape(found[0].text);
    event.clipboardData.setData("text/plain", plain.trim());
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
  });

  /* The passages of the report as the build wrote them, by their addresses; a quotation is made of
     these, for a browser may have translated what it shows. */
  function originals() {
    const report = edition.reports.get(edition.folder);
    const found = new Map();
    for (const [address, , heading, text] of report ? report.entries : []) {
      if (heading) found.set(address, heading);
      text.split("\n").forEach((paragraph, at) => {
        found.set(heading ? `${address}-p${at + 1}` : address, paragraph);
      });
    }
    return found;
  }

  /* What is selected, passage by passage as [address, words], and the deepest item that holds it
     all, null where only the whole report does. */
  function selected(range) {
    const parts = [];
    const held = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const passage = node.parentNode.closest("p, h1, h2, h3, h4");
      if (!passage || !range.intersectsNode(node) || passage.closest("[data-apparatus]")) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      const words = node.data.slice(from, to);
      if (!words.trim()) continue;
      const address = passage.id || (passage.closest(".item") || passage).id;
      const [last] = parts.slice(-1);
      if (last && last[0] === address) last[1] += words; else parts.push([address, words]);
      held.push(passage);
    }
    let item = held.length ? held[0].closest(".item") : null;
    while (item && !item.contains(held[held.length - 1])) item = item.parentNode.closest(".item");
    return { parts, item };
  }

  /* The words that were selected, where they are the report's own; else the passages that they
     stand in. */
  function quoted(parts) {
    const known = originals();
    return parts.map(([address, words]) => {
      const original = known.get(address);
      return !original || original.includes(words) ? words : original;
    }).join("");
  }

  const quote = element("div", "", { className: "quote" });
  quote.innerHTML = "<button type=button>复制引用</button><span role=status></span>";
  if (!edition.reports.has(edition.folder)) {
    edition.load(`words-${edition.folder}.js`).then(offer, offer);
  }

  /* Offers to quote what is selected, once it is known what it is. */
  function offer() {
    const selection = getSelection();
    const range = selection.rangeCount && selection.getRangeAt(0);
    if (!range || selection.isCollapsed || !selected(range).parts.length) return quote.remove();
    const box = range.getBoundingClientRect();
    quote.style.left = `${Math.max(0, Math.min(box.left, innerWidth - 120)) + pageXOffset}px`;
    quote.style.top = `${box.bottom + pageYOffset + 8}px`;
    document.body.append(quote);
  }

  document.addEventListener("selectionchange", offer);
  quote.addEventListener("mousedown", (event) => event.preventDefault());
  quote.addEventListener("click", () => {
    const { parts, item } = selected(getSelection().getRangeAt(0));
    const [before, url, after] = citation(item);
    give(quote, `“${quoted(parts)}”\n${before}`, url, after);
  });
})();
