// The tablet's camera and who reads codes in its picture: the browser itself where it can, else jsQR,
// which is brought only then.

const LOOK_EVERY_MS = 200; // five looks a second: a held-up label is read at once, the tablet stays cool
const WIDTH_PX = 640; // enough for a label at arm's length; more costs time and finds nothing more

/**
 * @param {HTMLVideoElement} video shows what the camera sees
 * @param {(text: string) => void} onText each time that a code is read
 * @returns {Promise<() => void>} ends it, and the camera; rejects with a DOMException without a camera
 */
export async function startScan(video, onText) {
  if (!navigator.mediaDevices) throw new DOMException("no camera", "NotFoundError"); // insecure address
  const media = await navigator.mediaDevices.getUserMedia({ audio: false,
    video: { facingMode: "environment", width: { ideal: WIDTH_PX } } });
  const stop = () => media.getTracks().forEach((track) => track.stop());
  try {
    const read = await findReader();
    video.srcObject = media;
    await video.play();
    return watch(video, read, onText, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

function watch(video, read, onText, stop) {
  let timer = 0;
  let isOver = false;
  const look = async () => {
    const text = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await read(video) : null;
    if (isOver) return;
    if (text) onText(text);
    timer = setTimeout(look, LOOK_EVERY_MS);
  };
  look();
  return () => {
    isOver = true;
    clearTimeout(timer);
    stop();
  };
}

async function findReader() {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  if (!formats.includes("qr_code")) return readByProgram();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null;
}

async function readByProgram() {
  await import("jsqr"); // a script of before modules: it puts itself on `self`
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return (video) => {
    canvas.width = WIDTH_PX;
    canvas.height = Math.round((WIDTH_PX * video.videoHeight) / video.videoWidth);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return self.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data ?? null;
  };
}
