// Sorts small tables in the page: <table data-sortable>, columns <th data-sort="number|text">.
// Without this file the heads are plain text; large tables are sorted by the server instead.
(function () {
  "use strict";

  function valueOf(row, column, kind) {
    var cell = row.cells[column];
    var text = (cell.getAttribute("data-value") || cell.textContent).trim();
    if (kind !== "number") { return text.toLocaleLowerCase(); }
    var number = parseFloat(text.replace(/[^0-9.eE+-]/g, ""));
    return isNaN(number) ? -Infinity : number;
  }

  function sort(table, head, kind) {
    var body = table.tBodies[0];
    var column = head.cellIndex;
    var current = head.getAttribute("aria-sort");
    var down = current ? current === "ascending" : kind === "number";
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (a, b) {
      var left = valueOf(a, column, kind);
      var right = valueOf(b, column, kind);
      var order = kind === "number" ? left - right : left.localeCompare(right);
      return down ? -order : order;
    });
    table.querySelectorAll("th[aria-sort]").forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.forEach(function (row) { body.appendChild(row); });
    var caption = table.caption ? table.caption.textContent.trim() : "Table";
    announcement(table).textContent = caption + ", sorted by " + head.textContent.trim() + ", " + head.getAttribute("aria-sort");
  }

  function announcement(table) {
    var next = table.parentNode.querySelector(".table-announcement");
    if (!next) {
      next = document.createElement("div");
      next.className = "table-announcement usa-sr-only";
      next.setAttribute("role", "status");
      table.parentNode.appendChild(next);
    }
    return next;
  }

  document.querySelectorAll("table[data-sortable]").forEach(function (table) {
    table.querySelectorAll("thead th[data-sort]").forEach(function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort-link sort-link--page";
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, head, head.getAttribute("data-sort")); });
    });
  });
})();

// Data tables that htmx refreshes: <div data-table id="...">. Whoever cannot see the change
// hears it; an answer without the table (signed out, refused, broken) is opened as a page.
(function () {
  "use strict";

  var said = null;

  function say(words) {
    if (!said) {
      said = document.createElement("p");
      said.className = "usa-sr-only";
      said.setAttribute("role", "status");
      document.getElementById("main-content").appendChild(said);
    }
    said.textContent = words;
  }

  function words(table) {
    var caption = table.getAttribute("data-name");
    var count = table.querySelector(".pagination-count");
    var head = table.querySelector("th[aria-sort] .sort-link");
    return [
      caption,
      count ? count.textContent : "",
      table.querySelector(".empty-state__title") ? table.querySelector(".empty-state__title").textContent : "",
      head ? "sorted by " + head.firstChild.textContent.trim() + ", " + head.parentNode.getAttribute("aria-sort") : ""
    ].filter(Boolean).join(", ");
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    var table = event.detail.target;
    if (!table || !table.hasAttribute("data-table")) { return; }
    var answer = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    if (event.detail.isError || !answer.getElementById(table.id)) {
      event.detail.shouldSwap = false;
      window.location.assign(event.detail.pathInfo.finalRequestPath);
    }
  });
  document.addEventListener("htmx:sendError", function (event) {
    if (event.detail.target && event.detail.target.hasAttribute("data-table")) {
      window.location.assign(event.detail.pathInfo.finalRequestPath);
    }
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    var table = document.getElementById(event.detail.target.id);
    if (table && table.hasAttribute("data-table")) { say(words(table)); }
  });
})();
