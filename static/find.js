/* What is found: pure functions of a report's words and what was typed. search.js brings them, and
   shows what they find.

   A report is {id, title, entries, traditional}, an entry [address, number, heading, text, title],
   in the report's order; text has a line a paragraph. */
(() => {
  "use strict";
  /* White space is what either Python or JavaScript takes for it; \p{Cf} are signs of no width. */
  const NOTHING = /[\s\x1c-\x1f\x85\p{Cf}]+/gu, SPACE = /[\s\x1c-\x1f\x85]+/u;
  const QUOTE = '"', QUOTES = /\p{Quotation_Mark}/gu;
  const BEFORE = 10, AFTER = 24; /* characters shown on each side of what was found */
  const foldedCharacters = new Map();

  /* Folding: full and half width, capital and small letters, all quotation marks are alike; white
     space and signs of no width are nothing. */
  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(NOTHING, "").replace(QUOTES, QUOTE);
  }

  /* A text's folded form, and for each of its characters the index that it comes from. */
  function folded(text) {
    const parts = [], from = [];
    let at = 0;
    for (const character of text) {
      let part = foldedCharacters.get(character);
      if (part === undefined) foldedCharacters.set(character, part = fold(character));
      parts.push(part);
      for (let n = 0; n < part.length; n++) from.push(at);
      at += character.length;
    }
    from.push(text.length);
    return { form: parts.join(""), from };
  }

  /* The same without quotation marks: some leave them out, some put them around what they type. */
  function unquoted({ form, from }) {
    if (!form.includes(QUOTE)) return { form, from };
    return { form: unquote(form), from: from.filter((_, at) => form[at] !== QUOTE) };
  }

  function unquote(form) { return form.split(QUOTE).join("") }

  /* A report ready to be searched. Each entry gets the span of its own words in the report's text,
     [start, own), that of all below it too, [start, end), and the entry that it stands in: the
     first, without an address, holds all. */
  function prepare(report) {
    const texts = [], passages = [], entries = [];
    let open = null, length = 0;
    function add(text) {
      if (!text) return;
      passages.push(length);
      texts.push(text);
      length += text.length;
    }
    for (const [address, number, heading, text, title] of report.entries) {
      while (open && open.address && !address.startsWith(`${open.address}-`)) {
        open.end = length;
        open = open.above;
      }
      const entry = { address, number, heading, above: open, start: length };
      entry.title = title === undefined ? heading : title;
      add(heading);
      for (const paragraph of text.split("\n")) add(paragraph);
      entry.own = length;
      entries.push(entry);
      open = entry;
    }
    for (; open; open = open.above) open.end = length;
    const text = texts.join("");
    const traditional = new Map();
    const pairs = Array.from(report.traditional || "");
    for (let n = 0; n < pairs.length; n += 2) traditional.set(pairs[n], pairs[n + 1]);
    const { id, title } = report;
    return { id, title, entries, text, passages, traditional, exact: folded(text), loose: null };
  }

  /* What was typed as a report writes it: traditional forms that it has not become those it has. */
  function read(report, typed) {
    return Array.from(fold(typed), each => report.traditional.get(each) || each).join("");
  }

  /* The addresses that a folded number can mean, the likeliest first. The forms are those of
     sitegen/labels.py: a group is a level, and levels that are not given are 0 but at the end. */
  function addresses(query, { forms, han }) {
    const found = [];
    for (const form of forms) {
      const numbers = (form.exec(query) || []).slice(1);
      const levels = numbers.map(text => han.indexOf(text) + 1 || Number(text) || 0);
      while (levels.length && !levels[levels.length - 1]) levels.pop();
      if (levels.length) found.push(`s${levels.join("-")}`);
    }
    return found;
  }

  /* The entry of a report that a number means. */
  function numbered(report, typed, numbers) {
    const meant = addresses(read(report, typed), numbers);
    const named = meant.map(address => report.entries.find(entry => entry.address === address));
    return named.find(Boolean);
  }

  /* All places of a query in a text, folded alike, as spans of the text. */
  function* places({ form, from }, query) {
    for (let at = form.indexOf(query); query && at >= 0; at = form.indexOf(query, at + 1)) {
      yield [from[at], from[at + query.length - 1] + 1];
    }
  }

  /* Each place of a query with the deepest entry that holds it, in the report's order. */
  function* held(report, text, query) {
    const entries = report.entries;
    let begun = 0; /* how many entries begin before the place or with it */
    for (const [start, end] of places(text, query)) {
      while (begun < entries.length && entries[begun].start <= start) begun++;
      let holder = entries[begun - 1];
      while (holder.end < end) holder = holder.above;
      yield [holder, start];
    }
  }

  /* Each entry that is the deepest to hold a place of the query, with their count. */
  function holding(report, text, query) {
    const found = new Map();
    for (const [entry] of held(report, text, query)) {
      if (!found.has(entry)) found.set(entry, { entry, text, queries: [query], count: 0 });
      found.get(entry).count++;
    }
    return [...found.values()];
  }

  /* Each entry that holds all the queries itself, or with what is below it if none of that does. */
  function holdingAll(report, text, queries) {
    const own = new Map(), all = new Map(), last = new Map(), above = new Set();
    const raise = (counts, entry) => counts.set(entry, (counts.get(entry) || 0) + 1);
    queries.forEach((query, nth) => {
      const here = new Set();
      for (const [entry] of held(report, text, query)) {
        if (here.has(entry)) continue;
        here.add(entry);
        raise(own, entry);
        for (let each = entry; each && last.get(each) !== nth; each = each.above) {
          last.set(each, nth);
          raise(all, each);
        }
      }
    });
    const whole = report.entries.filter(entry => all.get(entry) === queries.length);
    for (const { above: over } of whole) if (over) above.add(over);
    return whole.filter(entry => own.get(entry) === queries.length || !above.has(entry))
      .map(entry => ({ entry, text, queries, count: 0 }));
  }

  /* The results in a text: the whole query as one string, then, where several words were typed, all
     of them. */
  function inText(report, text, whole, words) {
    const found = holding(report, text, whole);
    if (words.length < 2) return found;
    const known = new Set(found.map(each => each.entry));
    return found.concat(holdingAll(report, text, words).filter(each => !known.has(each.entry)));
  }

  /* The results in a report: [{entry, text, queries, count}]. The item of a number comes first. If
     nothing is found as it was typed, quotation marks do not count. */
  function search(report, typed, numbers) {
    const whole = read(report, typed);
    const words = [...new Set(typed.split(SPACE).map(word => read(report, word)).filter(Boolean))];
    let found = inText(report, report.exact, whole, words);
    const named = numbered(report, typed, numbers);
    if (!found.length && !named) {
      report.loose = report.loose || unquoted(report.exact);
      const bare = words.map(unquote).filter(Boolean);
      found = inText(report, report.loose, unquote(whole), bare);
    }
    if (!named) return found;
    const itself = { entry: named, text: report.exact, queries: [], count: 0 };
    const first = found.find(each => each.entry === named) || itself;
    return [first, ...found.filter(each => each !== first)];
  }

  /* The first place of a query in the span of a report's text, null where there is none. */
  function firstPlace({ form, from }, query, start, end) {
    let low = 0, high = from.length - 1;
    while (low < high) { /* the first folded character that comes from `start` or behind it */
      const middle = (low + high) >> 1;
      if (from[middle] < start) low = middle + 1; else high = middle;
    }
    const at = form.indexOf(query, low);
    if (at < 0 || from[at + query.length - 1] >= end) return null;
    return [from[at], from[at + query.length - 1] + 1];
  }

  /* Where lines stand in a text, in order; the longest are looked for first, and no two overlap. */
  function placesOf(lines, text) {
    const form = folded(text), taken = new Uint8Array(text.length), all = [];
    const queries = lines.split("\n").map(fold).filter(Boolean);
    for (const query of queries.sort((one, other) => other.length - one.length)) {
      const isThere = form.form.includes(query);
      const found = isThere ? places(form, query) : places(unquoted(form), unquote(query));
      for (const [from, to] of found) {
        if (taken[from] || taken[to - 1]) continue;
        taken.fill(1, from, to);
        all.push([from, to]);
      }
    }
    return all.sort((one, other) => one[0] - other[0]);
  }

  /* A result as it is shown: the pieces of its title and of the words around what was found, each
     [text, is found]. */
  function show(report, { entry, text, queries }) {
    const behind = entry.start + entry.heading.length;
    const inTitle = [], inWords = [];
    for (const query of queries) {
      const first = firstPlace(text, query, entry.start, entry.end);
      const isTitle = first && first[1] <= behind;
      if (isTitle) inTitle.push(first);
      const next = isTitle ? firstPlace(text, query, behind, entry.own) : first;
      if (next) inWords.push(next);
    }
    const begin = entry.start + entry.heading.indexOf(entry.title);
    const title = mark(report, inTitle, begin, begin + entry.title.length);
    return { title, words: excerpt(report, inWords) };
  }

  /* The words around some places, which reach into another passage only where a place does so. */
  function excerpt(report, found) {
    const windows = [], pieces = [];
    for (const [from, to] of joined(found)) {
      const start = Math.max(passageAt(report, from)[0], from - BEFORE);
      const end = Math.min(passageAt(report, to - 1)[1], to + AFTER);
      const last = windows[windows.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else windows.push([start, end]);
    }
    for (const [start, end] of windows) {
      const isCut = start > passageAt(report, start)[0];
      if (pieces.length || isCut) pieces.push(["…", false]);
      pieces.push(...mark(report, found, start, end));
    }
    const last = windows[windows.length - 1];
    if (last && last[1] < passageAt(report, last[1] - 1)[1]) pieces.push(["…", false]);
    return pieces;
  }

  /* The passage that holds a place of the text, as a span. */
  function passageAt(report, at) {
    const passages = report.passages;
    let low = 0, high = passages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (passages[middle] <= at) low = middle; else high = middle - 1;
    }
    return [passages[low], low + 1 < passages.length ? passages[low + 1] : report.text.length];
  }

  /* Places in their order, those that overlap as one. */
  function joined(found) {
    const whole = [];
    for (const [from, to] of [...found].sort((one, other) => one[0] - other[0])) {
      const last = whole[whole.length - 1];
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else whole.push([from, to]);
    }
    return whole;
  }

  /* A span of the text in pieces, some found, some not; a stroke parts two passages. */
  function mark(report, found, start, end) {
    const pieces = [];
    let done = start;
    function upTo(to, isFound) {
      while (done < to) {
        const next = Math.min(to, passageAt(report, done)[1]);
        pieces.push([report.text.slice(done, next), isFound]);
        done = next;
        if (done < end && passageAt(report, done)[0] === done) pieces.push([" ／ ", false]);
      }
    }
    for (const [from, to] of joined(found)) {
      if (to <= start || from >= end) continue;
      upTo(Math.max(from, start), false);
      upTo(Math.min(to, end), true);
    }
    upTo(end, false);
    return pieces;
  }

  window.finding = { addresses, fold, numbered, placesOf, prepare, search, show };
})();
