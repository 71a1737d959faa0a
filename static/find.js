/* What is found: pure functions of a report's words and what was typed. look.js has them search
   the reports, search.js shows what they find.

   A report is {id, title, entries, traditional}, an entry [address, number, heading, text, title],
   in the report's order; text has a line a paragraph. What may take long in a report of great
   length is a generator: it is done in steps, between which others get their turn. */
(() => {
  "use strict";
  /* White space is what either Python or JavaScript takes for it; \p{Cf} are signs of no width. */
  const NOTHING = /[\s\x1c-\x1f\x85\p{Cf}]+/gu, SPACE = /[\s\x1c-\x1f\x85]+/u;
  const QUOTE = '"', QUOTES = /\p{Quotation_Mark}/gu;
  const FOLDING = "[^\u3001\u3002\u3400-\u9fffa-z0-9]"; /* all others stay what they are */
  const BEFORE = 10, AFTER = 24; /* characters shown on each side of what was found */
  const STEP = 2000; /* characters that are folded, or places that are found, in a step */
  const foldedCharacters = new Map(), tables = new Map();

  /* Folding: full and half width, capital and small letters, all quotation marks are alike; white
     space and signs of no width are nothing. */
  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(NOTHING, "").replace(QUOTES, QUOTE);
  }

  function foldCharacter(character) {
    let form = foldedCharacters.get(character);
    if (form === undefined) foldedCharacters.set(character, form = fold(character));
    return form;
  }

  /* What is done in steps, at once. */
  function atOnce(steps) {
    let step;
    do step = steps.next(); while (!step.done);
    return step.value;
  }

  /* A text's folded form, a loose one without quotation marks: some leave them out, some put them
     around what they type. Its places from `from[n]` on are those of the text from `to[n]` on. */
  function* folded(text, isLoose) {
    const folding = new RegExp(FOLDING, "gu"), parts = [], from = [0], to = [0];
    let length = 0, done = 0, steps = 0; /* of the form, of the text */
    function leads(place, origin) {
      from.push(place);
      to.push(origin);
    }
    for (let match = folding.exec(text); match; match = folding.exec(text)) {
      const [character] = match, at = match.index, all = foldCharacter(character);
      const form = isLoose ? unquote(all) : all;
      parts.push(text.slice(done, at), form);
      length += at - done;
      done = at + character.length;
      if (form.length !== character.length) {
        for (let n = 0; n < form.length; n++) leads(length + n, at);
        leads(length + form.length, done);
      }
      length += form.length;
      if (++steps % STEP === 0) yield;
    }
    parts.push(text.slice(done));
    return { form: parts.join(""), from, to };
  }

  /* The index of the last of some rising numbers that is not above one. */
  function lastUpTo(numbers, limit) {
    let low = 0, high = numbers.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (numbers[middle] <= limit) low = middle; else high = middle - 1;
    }
    return low;
  }

  /* Where in the text a place of its folded form comes from. */
  function origin({ from, to }, place) {
    const n = lastUpTo(from, place);
    return to[n] + place - from[n];
  }

  function unquote(form) { return form.split(QUOTE).join("") }

  /* A report ready to be searched. Each entry gets the span of its own words in the report's text,
     [start, own), that of all below it too, [start, end), and the entry that it stands in: the
     first, without an address, holds all. */
  function* prepare(report) {
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
    const text = texts.join(""), exact = yield* folded(text);
    const { id, title } = report, traditional = tableOf(report.traditional || "");
    return { id, title, entries, text, passages, traditional, exact, loose: null };
  }

  /* Traditional forms, each with what it may stand for, the likeliest first. One table serves all
     the reports of a bundle. */
  function tableOf(pairs) {
    if (tables.has(pairs)) return tables.get(pairs);
    const table = new Map(), characters = Array.from(pairs);
    for (let n = 0; n < characters.length; n += 2) {
      const [form, simplified] = characters.slice(n, n + 2);
      if (!table.has(form)) table.set(form, []);
      table.get(form).push(simplified);
    }
    tables.set(pairs, table);
    return table;
  }

  /* What was typed as a report writes it: a traditional form that it has not becomes the likeliest
     of those that it has. */
  function read({ text, traditional }, typed) {
    return Array.from(fold(typed), each => {
      const meant = traditional.get(each);
      if (!meant || text.includes(each)) return each;
      return meant.find(one => text.includes(one)) || meant[0];
    }).join("");
  }

  /* How numbers are read, as the list of reports tells it. */
  function numbersOf({ forms, han }) {
    return { forms: forms.map(form => new RegExp(`^(?:${form})$`)), han: han.split(" ") };
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
  function* places(text, query) {
    const { form } = text, { length } = query;
    for (let at = form.indexOf(query); query && at >= 0; at = form.indexOf(query, at + 1)) {
      yield spanOf(text, at, length);
    }
  }

  function spanOf(text, at, length) {
    return [origin(text, at), origin(text, at + length - 1) + 1];
  }

  /* The deepest entry that holds each place of a query, in the report's order. */
  function* holders(report, text, query) {
    const { entries } = report, found = [];
    let begun = 0; /* how many entries begin before the place or with it */
    for (const [start, end] of places(text, query)) {
      while (begun < entries.length && entries[begun].start <= start) begun++;
      let holder = entries[begun - 1];
      while (holder.end < end) holder = holder.above;
      found.push(holder);
      if (found.length % STEP === 0) yield;
    }
    return found;
  }

  /* Each entry that is the deepest to hold a place of the query, with their count. */
  function* holding(report, text, query) {
    const found = new Map();
    for (const entry of yield* holders(report, text, query)) {
      if (!found.has(entry)) found.set(entry, { entry, text, queries: [query], count: 0 });
      found.get(entry).count++;
    }
    return [...found.values()];
  }

  /* Each entry that holds all the queries itself, or with what is below it if none of that does. */
  function* holdingAll(report, text, queries) {
    const own = new Map(), all = new Map(), last = new Map(), above = new Set();
    const raise = (counts, entry) => counts.set(entry, (counts.get(entry) || 0) + 1);
    for (const [nth, query] of queries.entries()) {
      for (const entry of new Set(yield* holders(report, text, query))) {
        raise(own, entry);
        for (let each = entry; each && last.get(each) !== nth; each = each.above) {
          last.set(each, nth);
          raise(all, each);
        }
      }
    }
    const whole = report.entries.filter(entry => all.get(entry) === queries.length);
    for (const { above: over } of whole) if (over) above.add(over);
    return whole.filter(entry => own.get(entry) === queries.length || !above.has(entry))
      .map(entry => ({ entry, text, queries, count: 0 }));
  }

  /* The results in a text: the whole query as one string, then, where several words were typed, all
     of them. */
  function* inText(report, text, whole, words) {
    const found = yield* holding(report, text, whole);
    if (words.length < 2) return found;
    const known = new Set(found.map(each => each.entry));
    const others = yield* holdingAll(report, text, words);
    return found.concat(others.filter(each => !known.has(each.entry)));
  }

  /* The results in a report: [{entry, text, queries, count}]. The item of a number comes first. If
     nothing is found as it was typed, quotation marks do not count. */
  function* search(report, typed, numbers) {
    const whole = read(report, typed);
    const words = [...new Set(typed.split(SPACE).map(word => read(report, word)).filter(Boolean))];
    let found = yield* inText(report, report.exact, whole, words);
    const named = numbered(report, typed, numbers);
    if (!found.length && !named) {
      report.loose = report.loose || (yield* folded(report.text, true));
      const bare = words.map(unquote).filter(Boolean);
      found = yield* inText(report, report.loose, unquote(whole), bare);
    }
    if (!named) return found;
    const itself = { entry: named, text: report.exact, queries: [], count: 0 };
    const first = found.find(each => each.entry === named) || itself;
    return [first, ...found.filter(each => each !== first)];
  }

  /* The first place of a query in the span of a report's text, null where there is none. */
  function firstPlace(text, query, start, end) {
    const first = placeOf(text, start);
    const at = text.form.slice(first, placeOf(text, end)).indexOf(query);
    return at < 0 ? null : spanOf(text, first + at, query.length);
  }

  /* The first place of the folded form that comes from one of the text or from behind it. */
  function placeOf(text, start) {
    let low = 0, high = text.form.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (origin(text, middle) < start) low = middle + 1; else high = middle;
    }
    return low;
  }

  /* Where lines stand in a text, in order; the longest are looked for first, and no two overlap. */
  function placesOf(lines, text) {
    const exact = atOnce(folded(text)), loose = atOnce(folded(text, true));
    const taken = new Uint8Array(text.length), all = [];
    const queries = lines.split("\n").map(fold).filter(Boolean);
    for (const query of queries.sort((one, other) => other.length - one.length)) {
      const isThere = exact.form.includes(query);
      const found = isThere ? places(exact, query) : places(loose, unquote(query));
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
    const { passages, text } = report, n = lastUpTo(passages, at);
    return [passages[n], n + 1 < passages.length ? passages[n + 1] : text.length];
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

  window.finding = { addresses, fold, numbered, numbersOf, placesOf, prepare, search, show };
})();
