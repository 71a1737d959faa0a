/* Looks through the reports for what was typed: the page's own first, then the others, the newest
   first. Their words come a few files ahead, and the page gets its turn in between. */
(() => {
  "use strict";
  const { edition } = window;
  const AHEAD = 6; /* files that are asked for before the first of them is there */
  const TURN = 12; /* milliseconds after which the page gets its turn */
  const prepared = new Map(); /* reports ready to be searched, or soon so: each is a promise */
  let ends = 0; /* when the turn does */

  function begin() { ends = performance.now() + TURN }

  function pause() {
    return new Promise(go => setTimeout(() => {
      begin();
      go();
    }));
  }

  /* What is done in steps, in turns. */
  async function inTurns(steps) {
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      if (performance.now() > ends) await pause();
    }
  }

  /* The reports in the order in which they are looked through, each with the files of its words:
     the page's own has one for itself, and so has one that is the only one. */
  function filesByReport() {
    const { reports, bundles = [] } = edition.shelf, files = new Map();
    const alone = bundles.length ? edition.folder : reports[0];
    if (reports.includes(alone)) files.set(alone, [`words-${alone}.js`]);
    for (const id of reports) if (!files.has(id)) files.set(id, []);
    bundles.forEach((held, at) => {
      for (const id of held) if (id !== alone) files.get(id).push(`bundle-${at + 1}.js`);
    });
    return files;
  }

  /* A report as its files told it, null where one of them did not. */
  function wordsOf(id, files) {
    if (edition.reports.has(id)) return edition.reports.get(id);
    const bundles = files.map(file => edition.bundles.get(file));
    const pieces = bundles.map(held => held && held.reports.find(report => report.id === id));
    if (!pieces.every(Boolean)) return null;
    const [{ traditional }] = bundles, [{ title }] = pieces;
    return { id, title, traditional, entries: pieces.flatMap(({ entries }) => entries) };
  }

  /* A report ready to be searched, null where its words did not come: then its files are to be
     tried again. */
  function ready(id, files) {
    const words = prepared.has(id) || wordsOf(id, files);
    if (!words) files.forEach(edition.forget);
    else if (!prepared.has(id)) prepared.set(id, inTurns(window.finding.prepare(words)));
    return words && prepared.get(id);
  }

  /* The page's own report, null where it has none or its words cannot be had. */
  async function own() {
    const id = edition.folder, files = [`words-${id}.js`];
    if (!edition.shelf.reports.includes(id)) return null;
    await edition.load(files[0]).catch(() => {});
    return ready(id, files);
  }

  /* Each report, null where its words cannot be had, with the results in it, and of how many it is
     one. */
  async function* look(typed) {
    const all = filesByReport(), files = [...new Set([...all.values()].flat())];
    const numbers = window.finding.numbersOf(edition.shelf), coming = new Map();
    begin();
    for (const [id, held] of all) {
      const until = files.indexOf(held[held.length - 1]) + AHEAD;
      for (const file of files.slice(coming.size, until)) {
        coming.set(file, edition.load(file).catch(() => {}));
      }
      await Promise.all(held.map(file => coming.get(file)));
      const report = await ready(id, held);
      const found = report ? await inTurns(window.finding.search(report, typed, numbers)) : [];
      yield { report, found, of: all.size };
      if (performance.now() > ends) await pause();
    }
  }

  window.looking = { look, own };
})();
