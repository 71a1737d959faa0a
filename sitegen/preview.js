/* What a page of the preview loads: it loads itself anew when a later build than its own is shown, at the place where
   it was. It asks again and again: a connection that each tab kept open would leave none to the seventh. */
(async function () {
  "use strict";
  const PERIOD = 100, PATIENCE = 1000; /* milliseconds between two questions; and where nobody looks or answers */
  const address = location.pathname + location.search, isSite = document.getElementById("main");
  const timing = performance.getEntriesByType("navigation")[0].serverTiming; /* old WebKit has none */
  let mine = timing && timing.length && timing[0].description, leaving = false;

  if (isSite) {
    const [where, height] = (recall() || "").split(" ");
    if (where === address) scrollTo(0, height);
    addEventListener("load", function () { /* after which browsers scroll once more */
      setTimeout(function () { history.scrollRestoration = "auto" });
    });
  }
  document.addEventListener("visibilitychange", ask); /* it is seen at once when it comes to sight */
  while (!leaving) {
    const wait = await ask() && !document.hidden ? PERIOD : PATIENCE;
    await new Promise(function (resolve) { setTimeout(resolve, wait) });
  }

  /* Whether the preview answered. */
  async function ask() {
    let shown;
    try {
      const answer = await fetch("/.changes");
      shown = answer.ok && await answer.text();
    } catch (ended) { /* it may be started again */ }
    if (!shown || leaving) return shown;
    mine = mine || shown;
    if (shown !== mine) {
      leaving = true; /* a second reload would begin the first anew */
      if (isSite) remember();
      location.reload();
    }
    return shown;
  }

  /* What must be mended stands in a page of its own, after which the place is still known. */
  function remember() {
    try {
      sessionStorage.setItem("preview", address + " " + pageYOffset);
      history.scrollRestoration = "manual"; /* else that of the page between is put back */
    } catch (refused) { /* then the page begins at its top */ }
  }

  function recall() {
    try {
      const place = sessionStorage.getItem("preview");
      sessionStorage.removeItem("preview");
      return place;
    } catch (refused) {
      return "";
    }
  }
})();
