/* Sends many files one after another, so that a broken line costs one file and not the whole folder.
   Without it the same form goes as one request. */
"use strict";

(() => {
  const WAITS = [1000, 4000, 10000];
  const LOST = "Mất kết nối nên tệp chưa đến. Kiểm tra mạng rồi gửi lại.";
  const SIGNED_OUT = "Phiên đăng nhập đã hết. Đăng nhập lại rồi chọn lại các tệp; tệp đã đến được bỏ qua.";
  const later = (time) => new Promise((done) => setTimeout(done, time));
  const pathOf = (file) => (file.webkitRelativePath || file.name).normalize("NFC");

  class Stopped extends Error {}

  function chosen(form) {
    const of = (name) => [...form.elements.namedItem(name).files];
    const one = (file) => ({ file, path: pathOf(file), field: "papers" });
    const boxes = of("archive").map((file) => ({ file, path: "", field: "archive" }));
    return [...of("papers").map(one), ...of("folder").map(one), ...boxes];
  }

  async function ask(address, options = {}) {
    const answer = await fetch(address, { ...options, headers: { Accept: "application/json" } });
    const json = (answer.headers.get("Content-Type") || "").includes("json");
    if (!json && (answer.redirected || answer.status === 403)) throw new Stopped(SIGNED_OUT);
    if (!json) throw new Error(LOST);
    return [answer.status, await answer.json()];
  }

  async function send(form, address, each) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    if (each.path) body.append("path", each.path);
    body.append(each.field, each.file);
    for (const wait of [...WAITS, null]) {
      try {
        const [status, told] = await ask(address, { method: "POST", body });
        if (status < 400) return "";
        if (status < 500) return told.sentence || LOST;
      } catch (problem) {
        if (problem instanceof Stopped) throw problem;
      }
      if (wait !== null) await later(wait);
    }
    return LOST;
  }

  async function opened(form, count) {
    if (form.dataset.add) return;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    body.append("name", form.elements.namedItem("name").value);
    body.append("announced", String(count));
    const [status, told] = await ask(form.action, { method: "POST", body });
    if (status >= 400) throw new Stopped(told.sentence || LOST);
    form.dataset.add = told.add;
    form.dataset.page = told.page;
  }

  async function notYetThere(form, wanted) {
    const [, told] = await ask(form.dataset.add);
    const there = new Set((told.arrived || []).map(([path, size]) => `${size} ${path}`));
    return wanted.filter((each) => !there.has(`${each.file.size} ${each.path}`));
  }

  function panel(form) {
    const part = (name) => form.querySelector(`[data-sending${name}]`);
    const failed = part("-failed");
    return {
      again: part("-again"),
      begin() {
        part("").hidden = false;
        part("-acts").hidden = true;
        part("-end").textContent = "";
        failed.replaceChildren();
      },
      at(done, all, path) {
        part("-bar").max = Math.max(all, 1);
        part("-bar").value = done;
        part("-words").textContent = `Đã gửi ${done} trên ${all} tệp${path ? ", đang gửi " + path : ""}`;
      },
      fail(path, sentence) {
        const line = document.createElement("li");
        line.textContent = `${path}: ${sentence}`;
        failed.append(line);
      },
      end(sentence) {
        part("-end").textContent = sentence;
        part("-acts").hidden = false;
        part("-page").hidden = !form.dataset.page;
        part("-page").href = form.dataset.page || "";
      },
    };
  }

  async function sendAll(form, wanted) {
    const told = panel(form);
    const left = [];
    let sent = 0;
    told.begin();
    told.at(0, wanted.length, "");
    form.dataset.dirty = "sending";
    try {
      await opened(form, wanted.filter((each) => each.path).length);
      const rest = await notYetThere(form, wanted);
      sent = wanted.length - rest.length;
      for (const each of rest) {
        const name = each.path || each.file.name;
        told.at(sent, wanted.length, name);
        left.push(each);
        const sentence = await send(form, form.dataset.add, each);
        if (sentence) {
          told.fail(name, sentence);
        } else {
          left.pop();
          sent += 1;
        }
      }
    } catch (problem) {
      told.end(problem instanceof Stopped ? problem.message : LOST);
      told.again.onclick = () => sendAll(form, wanted);
      return;
    } finally {
      delete form.dataset.dirty;
      told.at(sent, wanted.length, "");
    }
    if (!left.length) return location.assign(form.dataset.page);
    told.end(`Đã gửi ${sent} trên ${wanted.length} tệp. Còn ${left.length} tệp chưa gửi được.`);
    told.again.onclick = () => sendAll(form, left);
  }

  document.querySelectorAll("form[data-many]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      const wanted = chosen(form);
      if (!wanted.length) return;
      event.preventDefault();
      if (form.dataset.dirty) return;
      sendAll(form, wanted);
    });
  });
})();
