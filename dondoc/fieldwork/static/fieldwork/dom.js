// Building pages from words: text is always text, never markup.

export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export const hours = (at) => new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false });

export const day = (at) => new Date(at).toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });

export function size(bytes) {
  const megabytes = bytes / 1048576;
  if (megabytes < 1) return `${Math.ceil(bytes / 1024)} KB`;
  const [number, word] = megabytes < 1024 ? [megabytes, "MB"] : [megabytes / 1024, "GB"];
  return `${number.toFixed(1).replace(/\.0$/, "").replace(".", ",")} ${word}`;
}

export function say(words) {
  document.getElementById("loi-bao").textContent = words;
}
