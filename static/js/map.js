// Zoom, pan and the keyboard for maps drawn by the server. Without this file a map is a picture
// with links, and the table beside it holds every figure.
(function () {
  "use strict";

  var STEP = 1.5, DEEPEST = 40;

  function start(holder) {
    var svg = holder.querySelector("svg");
    if (!svg) { return; }
    var home = svg.getAttribute("viewBox").split(" ").map(Number);
    var view = home.slice();
    var reading = document.createElement("p");
    reading.className = "map__reading";
    reading.setAttribute("aria-live", "polite");
    holder.appendChild(bar());
    holder.appendChild(reading);

    function show() {
      svg.setAttribute("viewBox", view.map(Math.round).join(" "));
      svg.classList.toggle("is-zoomed", view[2] < home[2]);
    }

    function zoom(factor, x, y) {
      var width = Math.min(home[2], Math.max(home[2] / DEEPEST, view[2] / factor));
      var height = width * home[3] / home[2];
      var across = (x - view[0]) / view[2], down = (y - view[1]) / view[3];
      view = [x - across * width, y - down * height, width, height];
      keepInside();
      show();
    }

    function keepInside() {
      view[0] = Math.min(Math.max(view[0], home[0]), home[0] + home[2] - view[2]);
      view[1] = Math.min(Math.max(view[1], home[1]), home[1] + home[3] - view[3]);
    }

    function middle() { return [view[0] + view[2] / 2, view[1] + view[3] / 2]; }

    function place(event) {
      var point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      return [point.x, point.y];
    }

    function bar() {
      var group = document.createElement("div");
      group.className = "map__bar";
      [["+", "Zoom in", function () { zoom(STEP, middle()[0], middle()[1]); }],
       ["\u2212", "Zoom out", function () { zoom(1 / STEP, middle()[0], middle()[1]); }],
       ["Reset", "Reset: show the whole map", function () { view = home.slice(); show(); }]
      ].forEach(function (item) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = item[0];
        button.setAttribute("aria-label", item[1]);
        button.addEventListener("click", item[2]);
        group.appendChild(button);
      });
      return group;
    }

    // Pointing: one line says what the area is, without waiting for the browser's own tip.
    function read(area) {
      var title = area && area.querySelector("title");
      reading.textContent = title ? title.textContent : "";
    }
    svg.addEventListener("pointerover", function (event) { read(event.target.closest("a")); });
    svg.addEventListener("pointerleave", function () { read(null); });
    svg.addEventListener("focusin", function (event) { read(event.target.closest("a")); });

    // The wheel zooms only with Ctrl (pinching sends it too), so that the page still scrolls.
    svg.addEventListener("wheel", function (event) {
      if (!event.ctrlKey) { return; }
      event.preventDefault();
      var at = place(event);
      zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, at[0], at[1]);
    }, { passive: false });

    var drag = null, moved = false;
    svg.addEventListener("pointerdown", function (event) {
      if (event.button !== 0 || view[2] >= home[2]) { return; }
      drag = { x: event.clientX, y: event.clientY, view: view.slice() };
      moved = false;
    });
    window.addEventListener("pointermove", function (event) {
      if (!drag) { return; }
      var scale = view[2] / svg.clientWidth;
      moved = moved || Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y) > 4;
      view[0] = drag.view[0] - (event.clientX - drag.x) * scale;
      view[1] = drag.view[1] - (event.clientY - drag.y) * scale;
      keepInside();
      show();
    });
    window.addEventListener("pointerup", function () { drag = null; });
    svg.addEventListener("click", function (event) { if (moved) { event.preventDefault(); moved = false; } }, true);
    svg.addEventListener("dragstart", function (event) { event.preventDefault(); });

    // Keyboard: one stop in the tab order; arrows walk to the nearest area that way.
    var areas = Array.prototype.slice.call(svg.querySelectorAll("a")), centres = null;
    if (!areas.length) { return; }
    areas[0].setAttribute("tabindex", "0");

    function measured() {
      if (!centres) {
        centres = areas.map(function (area) {
          var box = area.getBBox();
          return [box.x + box.width / 2, box.y + box.height / 2];
        });
      }
      return centres;
    }

    function next(from, across, down) {
      var points = measured(), here = points[from], best = -1, least = Infinity;
      points.forEach(function (point, at) {
        var dx = point[0] - here[0], dy = point[1] - here[1];
        var along = dx * across + dy * down, aside = Math.abs(dx * down) + Math.abs(dy * across);
        if (along <= 0 || aside > along * 2) { return; }
        var cost = along + aside;
        if (cost < least) { least = cost; best = at; }
      });
      return best;
    }

    var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    svg.addEventListener("keydown", function (event) {
      var from = areas.indexOf(event.target.closest("a"));
      if (from < 0) { return; }
      var way = ways[event.key], point = measured()[from];
      if (way) {
        var to = next(from, way[0], way[1]);
        if (to >= 0) {
          areas[from].setAttribute("tabindex", "-1");
          areas[to].setAttribute("tabindex", "0");
          areas[to].focus({ preventScroll: true });
        }
      } else if (event.key === "+" || event.key === "=") {
        zoom(STEP, point[0], point[1]);
      } else if (event.key === "-") {
        zoom(1 / STEP, point[0], point[1]);
      } else if (event.key === "Escape") {
        view = home.slice();
        show();
      } else {
        return;
      }
      event.preventDefault();
    });
  }

  document.querySelectorAll("[data-map]").forEach(start);
})();
