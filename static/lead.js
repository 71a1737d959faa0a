/* Leads from a fragment that is no place of the page to the item whose number it is, whatever a
   chat has glued to its end. */
(() => {
  "use strict";
  const { edition } = window;
  /* What stands behind an address in a sentence. */
  const GLUED = /[\s.,;:!?。，；：！？、…·)\]}>）」』】〕》〉”’"'*_~]$/u;

  /* The fragment, where the page has no such place; a garbled one is nothing. */
  function astray() {
    try {
      const place = decodeURIComponent(location.hash.slice(1));
      return document.getElementById(location.hash.slice(1)) ? "" : place;
    } catch (garbled) {
      return "";
    }
  }

  async function lead() {
    if (!astray()) return;
    try {
      await edition.loadSearch();
    } catch (missing) {
      return; /* the next fragment tries again */
    }
    const report = await window.looking.own();
    let place = astray();
    while (place && !leads(place, report)) place = GLUED.test(place) ? place.slice(0, -1) : "";
  }

  /* Whether a name is an address of this page, or one of this report, and then goes there. */
  function leads(place, report) {
    const { addresses, fold, numbered, numbersOf } = window.finding;
    const numbers = numbersOf(edition.shelf);
    const meant = [place].concat(addresses(fold(place), numbers));
    const here = meant.find(address => document.getElementById(address));
    const named = report && numbered(report, place, numbers);
    if (here) location.replace(`#${here}`);
    else if (named) location.replace(`${named.address}.html`);
    return !!(here || named);
  }

  addEventListener("hashchange", lead);
  lead();
})();
