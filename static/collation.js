/* From one difference to the next: by n and p, unless single keys are turned off, or by buttons. */
(() => {
  "use strict";
  const marks = Array.from(document.querySelectorAll(".source [id], .edition [role=doc-noteref]"));
  const bar = document.querySelector(".steps"), status = bar.querySelector("[role=status]");
  let current = -1;

  /* The mark and, where something was changed, what stands for it on the other side. */
  const pair = mark => {
    const row = mark.closest("tr");
    const at = Array.from(row.querySelectorAll(".source .changed")).indexOf(mark);
    return at < 0 ? [mark] : [mark, row.querySelectorAll(".edition ins:not([class])")[at]];
  };

  /* What kind of difference a mark shows, as the legend calls it; a note's mark has no class. */
  const nameOf = mark => {
    const names = document.querySelectorAll(`.legend [data-kind=${mark.className || "noted"}] a`);
    const change = pair(mark).map(each => each.textContent).join(" 改为 ");
    const isName = name => name.textContent.startsWith(change);
    return (Array.from(names).find(isName) || names[0]).textContent;
  };

  const lineOf = mark => {
    const numbers = mark.closest("tr").querySelectorAll(".line-number");
    const lines = Array.from(mark.closest("tr").querySelectorAll(".source p"));
    return numbers[Math.max(lines.indexOf(mark.closest("p")), 0)].textContent;
  };

  /* Where the window begins below the bar, which stays at its top. */
  const windowTop = () => Math.max(bar.getBoundingClientRect().bottom, 0);

  /* The first difference that is not above the window. */
  const first = () => {
    const begins = windowTop();
    let low = 0, high = marks.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (marks[middle].getBoundingClientRect().top < begins) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const isInView = mark => {
    const box = mark.getBoundingClientRect();
    return box.bottom > windowTop() && box.top < innerHeight;
  };

  /* Bring both sides into the middle of the window, or at least the captured one. */
  const show = both => {
    const boxes = both.map(mark => mark.getBoundingClientRect()), top = boxes[0].top;
    const begins = bar.offsetHeight, height = innerHeight - begins;
    const bottom = Math.min(boxes[boxes.length - 1].bottom, top + height * .8);
    scrollBy(0, (top + bottom - height) / 2 - begins);
  };

  const step = (by, focuses) => {
    const isAtCurrent = marks[current] && isInView(marks[current]);
    const next = isAtCurrent ? current + by : first() - (by < 0 ? 1 : 0);
    const mark = marks[next];
    if (!mark) {
      status.textContent = by > 0 ? "已是最后一处" : "已是第一处";
      return;
    }
    const left = document.querySelectorAll(".rows [aria-current]");
    left.forEach(each => each.removeAttribute("aria-current"));
    pair(mark).forEach(each => each.setAttribute("aria-current", "true"));
    current = next;
    if (!mark.href) mark.tabIndex = -1;
    if (focuses) mark.focus({ preventScroll: true });
    show(pair(mark));
    status.textContent = `${next + 1} / ${marks.length}　${lineOf(mark)}\n${nameOf(mark)}`;
  };

  /* An address that leads to a difference: the next one is the one behind it. */
  const follow = () => {
    current = marks.indexOf(document.getElementById(location.hash.slice(1)));
  };

  const areKeysOff = () => {
    return window.edition.recall("keys") === "off";
  };

  document.addEventListener("keydown", event => {
    const by = { n: 1, p: -1 }[event.key];
    const isTyping = event.target.closest
      && event.target.closest("input, textarea, select, dialog, [contenteditable]");
    if (!by || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!event.isTrusted || areKeysOff()) return; /* uses.js shows an event again to late scripts */
    event.preventDefault();
    step(by, true);
  });
  bar.addEventListener("click", event => {
    if (event.target.value) step(Number(event.target.value), false);
  });
  addEventListener("hashchange", follow);
  follow();
})();
