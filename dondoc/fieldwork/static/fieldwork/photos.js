// A picture made small before it is kept: drawn anew, so that place, maker and time of the camera are gone.

const SIDE = 1600;
const MOST = 600 * 1024;

export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  let side = SIDE;
  for (let quality = 0.82; ; quality -= 0.12) {
    const drawn = await draw(picture, side, Math.max(quality, 0.4));
    if (drawn.size <= MOST || side < 500) return drawn.arrayBuffer();
    if (quality < 0.5) side = Math.round(side * 0.8);
  }
}

async function draw(picture, most, quality) {
  const scale = Math.min(1, most / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality });
}

export async function digestOf(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
