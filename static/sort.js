/* Sorts the figures, kind by kind, by the column whose head is pressed; a kind's own row stays at
   its top, and the other years of a figure behind it. */
(() => {
  "use strict";
  const table = document.querySelector(".sortable");
  const heads = Array.from(table.tHead.rows[0].cells);

  const key = (row, column) => {
    const cell = row.cells[column];
    return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent;
  };
  const compare = (one, other) =>
    typeof one === "number" ? one - other : one.localeCompare(other, "zh");

  const sort = (column, order) => {
    for (const kind of table.tBodies) {
      const rows = Array.from(kind.rows).slice(1).filter((row) => !row.matches(".series"));
      const behind = new Map(rows.map((row) => [row, row.nextElementSibling]));
      rows.sort((one, other) => order * compare(key(one, column), key(other, column)));
      for (const row of rows) {
        kind.append(row);
        if (row.matches(".followed")) kind.append(behind.get(row));
      }
    }
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", order > 0 ? "ascending" : "descending");
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      sort(column, head.getAttribute("aria-sort") === "ascending" ? -1 : 1);
    });
    head.textContent = "";
    head.append(button);
  });
  heads[0].setAttribute("aria-sort", "ascending");
})();
