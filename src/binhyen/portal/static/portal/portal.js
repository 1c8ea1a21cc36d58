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
      var picture = new Image(), address = URL.createObjectURL(file);
      picture.onerror = function () { URL.revokeObjectURL(address); resolve(file); };
      picture.onload = function () {
        var scale = Math.min(1, 1600 / Math.max(picture.naturalWidth, picture.naturalHeight));
        var canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.naturalWidth * scale);
        canvas.height = Math.round(picture.naturalHeight * scale);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(address);
        canvas.toBlob(function (blob) {
          resolve(blob ? new File([blob], "anh.jpg", { type: "image/jpeg" }) : file);
        }, "image/jpeg", 0.85);
      };
      picture.src = address;
    });
  };
  each("[data-shrink]", function (field) {
    field.addEventListener("change", function () {
      var chosen = Array.prototype.slice.call(field.files);
      Promise.all(chosen.map(function (file) {
        return /^image\/(jpeg|png|webp)$/.test(file.type) ? redrawn(file) : file;
      })).then(function (files) {
        var holder = new DataTransfer();
        files.forEach(function (file) { holder.items.add(file); });
        if (field.files.length === files.length) { field.files = holder.files; }
      }).catch(function () { return null; });
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
