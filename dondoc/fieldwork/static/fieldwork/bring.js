// The web page that takes a fallback file in: opened here, in the browser, with the PIN; sent like from the phone.

import { NotOurs, unwrap } from "./bundle.js";
import * as house from "./house.js";

const AT_ONCE = 60;
const form = document.getElementById("nhap-goi");
const said = document.getElementById("ket-qua");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = "Đang mở gói…";
  try {
    const words = await form.elements.file.files[0]?.text();
    said.textContent = await bring(await unwrap(words || "", form.elements.pin.value));
  } catch (failed) {
    said.textContent = explain(failed);
  }
});

async function bring({ device, owner, operations, photos, offset }) {
  const now = await house.session();
  if (now.person.id !== owner) throw new house.Said(`Gói này không phải của ${now.person.name}. Đăng nhập đúng người đã chuẩn bị máy.`);
  const counted = {};
  for (const visit of new Set(operations.map((each) => each.visit))) {
    const mine = operations.filter((each) => each.visit === visit);
    for (const each of mine.filter((one) => photos[one.id])) await house.bring(now.csrf, device, visit, each.payload.digest, photos[each.id]);
    for (let start = 0; start < mine.length; start += AT_ONCE) {
      said.textContent = `Đang gửi ${start}/${mine.length}…`;
      const there = Date.now() + now.offset - (offset || 0); // what the clock of that phone shows now
      for (const receipt of await house.send(now.csrf, device, visit, mine.slice(start, start + AT_ONCE), there)) counted[receipt.outcome] = (counted[receipt.outcome] || 0) + 1;
    }
  }
  const whole = Object.values(counted).reduce((sum, each) => sum + each, 0);
  const aside = (counted.CONFLICT || 0) + (counted.QUARANTINED || 0);
  return `Đã nhận ${whole}/${operations.length} mục; ${aside} mục chờ Trưởng đoàn, ${counted.REFUSED || 0} mục không nhận được. Máy thực địa gửi lại cũng không ghi hai lần.`;
}

function explain(failed) {
  if (failed instanceof NotOurs) return "Tệp này không phải gói dự phòng của trang thực địa.";
  if (failed instanceof house.Said) return failed.message;
  if (failed instanceof house.SignIn) return "Phiên đăng nhập đã hết. Đăng nhập lại rồi nhập gói.";
  if (failed instanceof house.NoWay) return "Không có mạng hoặc hệ thống chưa trả lời. Thử lại sau; nhập lại không ghi hai lần.";
  return "Mã PIN không đúng hoặc tệp đã hỏng.";
}
