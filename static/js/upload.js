// Sends files one by one with their progress. Without this file the form sends them all at once.
//
// <form data-upload data-upload-into="ID"> with one file input (name "files") and an
// idempotency key; <ul id="ID" aria-live="polite">. The answer is JSON {"said": sentence}:
// 201 received, 409 refused. What did not arrive can be sent again with the same key.
(function () {
  "use strict";

  function element(name, className, text, parent) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    if (parent) { parent.appendChild(made); }
    return made;
  }

  function tell(name) { document.body.dispatchEvent(new CustomEvent(name, { bubbles: true })); }

  function newKey() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");
  }

  function formFor(form, file, key) {
    var data = new FormData(form);
    data.delete("files");
    data.append("files", file, file.name);
    data.set("idempotency_key", key);
    return data;
  }

  function line(list, file) {
    var item = element("li", "upload__file", "", list);
    element("span", "upload__name", file.name, item);
    var bar = element("progress", "upload__bar", "", item);
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", "Sending " + file.name);
    var said = element("span", "upload__said", "Waiting", item);
    return { item: item, bar: bar, said: said };
  }

  function send(form, file, key, shown, done) {
    var request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", function (event) {
      if (!event.lengthComputable) { return; }
      var share = Math.round(100 * event.loaded / event.total);
      shown.bar.value = share;
      shown.said.textContent = share < 100 ? "Sent " + share + " percent" : "Arriving";
    });
    request.addEventListener("load", function () {
      var answer = {};
      try { answer = JSON.parse(request.responseText); } catch (error) { /* a page instead of an answer */ }
      if (request.status === 201) { finish(answer.said, "good"); }
      else if (answer.said) { finish(answer.said, "bad"); }
      else { offer("The portal did not take the file. You may have been signed out: sign in again in another window."); }
    });
    request.addEventListener("error", function () { offer("The connection broke. Nothing is lost on your side."); });
    request.addEventListener("timeout", function () { offer("This took too long."); });

    function finish(text, state) {
      shown.bar.hidden = true;
      shown.item.setAttribute("data-state", state);
      shown.said.textContent = text;
      done(state === "good");
    }

    function offer(text) {
      finish(text + " ", "bad");
      var again = element("button", "usa-button usa-button--quiet", "Send it again", shown.item);
      again.type = "button";
      again.addEventListener("click", function () {
        again.remove();
        shown.bar.hidden = false;
        shown.item.removeAttribute("data-state");
        send(form, file, key, shown, function (isGood) { if (isGood) { tell("papers-sent"); tell("papers-changed"); } });
      });
    }

    request.send(formFor(form, file, key));
  }

  function start(form) {
    var list = document.getElementById(form.getAttribute("data-upload-into"));
    form.addEventListener("submit", function (event) {
      var input = form.querySelector("input[type=file]");
      var files = input ? Array.prototype.slice.call(input.files) : [];
      if (!files.length || !list) { return; }
      event.preventDefault();
      var button = form.querySelector("button[type=submit]");
      button.disabled = true;
      var shown = files.map(function (file) { return line(list, file); });
      next(0);

      function next(place) {
        if (place === files.length) {
          button.disabled = false;
          input.value = "";
          input.dispatchEvent(new Event("change", { bubbles: true }));
          tell("papers-sent");
          tell("papers-changed");
          return;
        }
        send(form, files[place], newKey(), shown[place], function () { next(place + 1); });
      }
    });
  }

  document.querySelectorAll("form[data-upload]").forEach(start);
})();
