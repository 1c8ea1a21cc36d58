/* Small comforts of the portal; every page works without this file. ES2019. */
(function () {
  "use strict";
  var each = function (selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); };

  var focused = document.querySelector("[data-focus]");
  if (focused) { focused.focus(); }

  each("[data-count]", function (field) {
    var counter = field.parentNode.querySelector("[data-counter]");
    var show = function () { counter.textContent = field.value.length + "/" + field.maxLength; };
    counter.hidden = false;
    field.addEventListener("input", show);
    show();
  });

  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  each("[data-copy]", function (button) {
    var text = document.getElementById(button.getAttribute("data-copy")).getAttribute("data-copied");
    var status = document.querySelector("[data-status]");
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text).then(function () {
        button.textContent = status.textContent = button.getAttribute("data-done");
      }, function () { button.hidden = true; });
    });
  });

  // Pictures leave the phone at 1600 px and without hidden data; what cannot be redrawn goes as it is.
  var redrawn = function (file) {
    return new Promise(function (resolve) {
      var picture = new Image(), reader = new FileReader();
      picture.onerror = reader.onerror = function () { resolve(file); };
      picture.onload = function () {
        var scale = Math.min(1, 1600 / Math.max(picture.naturalWidth, picture.naturalHeight));
        var canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.naturalWidth * scale);
        canvas.height = Math.round(picture.naturalHeight * scale);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(function (blob) {
          resolve(blob ? new File([blob], file.name, { type: "image/jpeg" }) : file);  // its name may bear a mark
        }, "image/jpeg", 0.85);
      };
      reader.onload = function () { picture.src = reader.result; };
      reader.readAsDataURL(file);  // the page's policy shows pictures of data addresses, not of blobs
    });
  };
  each("[data-shrink]", function (field) {
    field.addEventListener("change", function () {
      var chosen = Array.prototype.slice.call(field.files);
      field.redrawing = Promise.all(chosen.map(function (file) {
        return /^image\/(jpeg|png|webp)$/.test(file.type) ? redrawn(file) : file;
      })).then(function (files) {
        var holder = new DataTransfer();
        files.forEach(function (file) { holder.items.add(file); });
        if (field.files.length === files.length) { field.files = holder.files; }
      }).catch(function () { return null; });
    });
  });

  var GONE = "gone";  // the page is too old for pieces: the form goes whole, and the server says what to do
  // Files go in pieces: a line that breaks costs a piece, and the same file chosen again goes on from there.
  each("[data-pieces]", function (field) {
    var form = field.form, told = form.querySelector("[data-sending]"), pressed = null, busy = false;
    var most = Number(field.getAttribute("data-piece-bytes"));
    var tell = function (kind, number, part) {
      told.hidden = false;
      told.classList.remove("field-error");
      told.textContent = told.getAttribute(kind).replace("$n", number)
        .replace("$p", Math.floor(part * 100) + "%");
    };
    var hex = function (bytes) {
      return Array.prototype.map.call(bytes, function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");
    };
    var named = function (file) {
      if (!window.crypto || !crypto.subtle || !file.arrayBuffer) {
        return Promise.resolve(hex(crypto.getRandomValues(new Uint8Array(16))));
      }
      return file.arrayBuffer().then(function (bytes) { return crypto.subtle.digest("SHA-256", bytes); })
        .then(function (digest) { return hex(new Uint8Array(digest).subarray(0, 16)); });
    };
    var line = function (seconds) {
      return new Promise(function (resolve) {
        var timer = setTimeout(go, seconds * 1000);
        function go() { clearTimeout(timer); window.removeEventListener("online", go); resolve(); }
        window.addEventListener("online", go);
      });
    };
    var send = function (file, number, upload, offset, size, failed) {
      var piece = new FormData(), again = function () {
        tell("data-waiting", number, offset / file.size);
        return line(Math.min(30, Math.pow(2, failed))).then(function () {
          return send(file, number, upload, offset, 0, failed + 1);
        });
      };
      Array.prototype.forEach.call(form.querySelectorAll("input[type=hidden]"), function (one) {
        piece.append(one.name, one.value);
      });
      piece.append("upload", upload);
      piece.append("offset", offset);
      piece.append("total", file.size);
      piece.append("number", number);
      if (size || !file.size) { piece.append("piece", file.slice(offset, offset + size), file.name); }
      return fetch(field.getAttribute("data-pieces"), { method: "POST", body: piece }).then(function (answer) {
        if (answer.status >= 500) { return again(); }
        if (answer.status === 410) { throw new Error(GONE); }
        return answer.json().then(function (said) {
          if (said.error) { throw new Error(said.error); }
          if (said.received >= file.size) { return null; }
          tell("data-sending", number, said.received / file.size);
          return send(file, number, upload, said.received, most, 0);
        }, again);
      }, again);
    };
    form.addEventListener("click", function (event) { pressed = event.target.closest("button") || pressed; });
    form.addEventListener("submit", function (event) {
      var wrong = [], act = pressed ? pressed.value : "next";
      if (busy) { event.preventDefault(); return; }
      if (!field.files.length || !window.fetch || (pressed && (pressed.name === "remove" || act === "forget"))) { return; }
      event.preventDefault();
      busy = true;
      Promise.resolve(field.redrawing).then(function () {
        return Array.prototype.slice.call(field.files).reduce(function (before, file, index) {
          return before.then(function () { return named(file); }).then(function (upload) {
            tell("data-sending", index + 1, 0);
            return send(file, index + 1, upload, 0, 0, 0);
          }).catch(function (error) {
            if (error.message === GONE) { throw error; }
            if (wrong.indexOf(error.message) < 0) { wrong.push(error.message); }
          });
        }, Promise.resolve());
      }).then(function () { field.value = ""; }, function () { wrong = []; }).then(function () {
        busy = false;
        if (wrong.length) {
          told.classList.add("field-error");
          told.textContent = wrong.join(" ");
          return;
        }
        var chosen = document.createElement("input");
        chosen.type = "hidden";
        chosen.name = "act";
        chosen.value = act;
        form.appendChild(chosen);
        form.submit();
      });
    });
  });

  each(".fill input", function (field) {
    var next = field.closest(".question").querySelector("[data-next]");
    field.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing || !next) { return; }
      event.preventDefault();
      next.click();
    });
  });

  var exit = document.querySelector("[data-exit]");
  if (exit) {
    var leave = function () { window.location.replace(exit.href); };
    var pressed = 0;
    exit.addEventListener("click", function (event) { event.preventDefault(); leave(); });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") { return; }
      if (Date.now() - pressed < 1500) { leave(); }
      pressed = Date.now();
    });
  }
}());
