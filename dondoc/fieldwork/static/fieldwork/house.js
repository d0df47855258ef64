// Talking to the house. A request that ends at the sign-in page is no answer.

const APP = "/thuc-dia/ung-dung/";

export class SignIn extends Error {}
export class NoWay extends Error {}
export class Said extends Error {}

async function ask(address, options = {}) {
  let answer;
  try {
    const patience = AbortSignal.timeout(options.patience || 30_000);
    answer = await fetch(address, { redirect: "manual", cache: "no-store", credentials: "same-origin", signal: patience, ...options });
  } catch {
    throw new NoWay();
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new SignIn();
  if (answer.ok) return answer;
  if (answer.status >= 500 || answer.status === 429) throw new NoWay();
  const told = await answer.json().catch(() => ({}));
  const lost = "Hệ thống không tìm thấy cuộc kiểm tra này hoặc anh/chị không còn quyền. Phần đã ghi vẫn giữ trên máy.";
  throw new Said(told.sentence || told.why || (answer.status === 404 ? lost : `Hệ thống không nhận (mã ${answer.status}). Phần đã ghi vẫn giữ trên máy.`));
}

export async function session(device = "") {
  const asked = Date.now();
  const told = await (await ask(`${APP}phien/?may=${device}`)).json();
  return { ...told, offset: Math.round(told.now - (asked + Date.now()) / 2) };
}

const json = (csrf, told) => ({
  method: "POST",
  headers: { "Content-Type": "application/json", "X-CSRFToken": csrf, Accept: "application/json" },
  body: JSON.stringify(told),
});

export const register = async (csrf, name) => (await (await ask(`${APP}thiet-bi/`, json(csrf, { name }))).json()).device;

export async function packages(csrf, device) {
  const answer = await ask(`${APP}goi/${device}/`, { ...json(csrf, {}), patience: 120_000 });
  const whole = await answer.text();
  return { ...JSON.parse(whole), bytes: whole.length };
}

// `shown` is the time on the clock that dated the operations: only how long ago each was made counts.
export async function send(csrf, device, visit, operations, shown = Date.now()) {
  const told = operations.map(({ id, sequence, kind, item, payload, base_version, device_time }) => ({ id, sequence, kind, criterion: item, payload, base_version, device_time }));
  const answer = await ask(`${APP}gui/${device}/${visit}/`, json(csrf, { operations: told, device_now: new Date(shown).toISOString() }));
  return (await answer.json()).receipts;
}

export async function bring(csrf, device, visit, digest, bytes) {
  const address = `/thuc-dia/anh/${device}/${visit}/${digest}/`;
  if ((await ask(address, { method: "HEAD" })).status === 204) return;
  await ask(address, { method: "PUT", headers: { "X-CSRFToken": csrf, "Content-Type": "image/jpeg", Accept: "application/json" }, body: bytes, patience: 120_000 });
}
