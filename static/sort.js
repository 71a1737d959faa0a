/* Sorts the table of figures by the column whose head is pressed. */
(function () {
  "use strict";
  var table = document.querySelector(".sortable"), body = table.tBodies[0];

  function key(row, column) {
    var cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : +cell.dataset.value;
  }

  Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
    if ("plain" in head.dataset) return;
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.textContent = "";
    head.appendChild(button);
    if (!column) head.setAttribute("aria-sort", "ascending");
    button.addEventListener("click", function () {
      var order = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      var rows = Array.from(body.rows).sort(function (one, other) {
        var a = key(one, column), b = key(other, column);
        return order * (typeof a === "number" ? a - b : a.localeCompare(b, "zh"));
      });
      rows.forEach(function (row) { body.appendChild(row) });
      table.querySelectorAll("[aria-sort]").forEach(function (each) { each.removeAttribute("aria-sort") });
      head.setAttribute("aria-sort", order > 0 ? "ascending" : "descending");
    });
  });
})();
