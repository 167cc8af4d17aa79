// The microphone: one take, cut into parts of a few seconds, with its level and its length without pauses. Knows no DOM.
const SLICE = 3000;
const KINDS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const SPEECH = 32000;                                           // bits a second: plenty for one voice

export const kind = () => KINDS.find((type) => globalThis.MediaRecorder?.isTypeSupported(type));
export const able = () => Boolean(globalThis.isSecureContext && navigator.mediaDevices?.getUserMedia && kind());

/** on: {part(blob, ms), end()}. Rejects with what getUserMedia says. */
export async function listen(on) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } });
  const type = kind();
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: SPEECH });
  const meter = levelOf(stream);
  let before = 0, since = 0;
  const ms = () => Math.round(before + (since ? performance.now() - since : 0));
  const rest = () => { before = ms(); since = 0; };

  recorder.ondataavailable = ({ data }) => { if (data.size) on.part(data, Math.max(1, ms())); };
  recorder.onstop = () => { meter.close(); for (const track of stream.getTracks()) track.stop(); on.end(); };
  recorder.onpause = rest;
  recorder.onresume = () => { since = performance.now(); };
  for (const track of stream.getTracks()) track.onended = () => stop();   // unplugged, or taken back in the address bar
  const stop = () => { if (recorder.state !== 'inactive') { rest(); recorder.stop(); } };

  recorder.start(SLICE);
  since = performance.now();
  return {
    type: type.split(';')[0],
    ms,
    level: meter.level,
    pause() { if (recorder.state === 'recording') { recorder.requestData(); recorder.pause(); } },
    resume() { if (recorder.state === 'paused') recorder.resume(); },
    /** What is not in a part yet becomes one: the page may be going. */
    flush() { if (recorder.state === 'recording') recorder.requestData(); },
    stop,
  };
}

/** 0 to 1, on the scale on which one hears. */
function levelOf(stream) {
  try {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    return {
      level() {
        analyser.getFloatTimeDomainData(samples);
        const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
        return Math.min(1, Math.max(0, (10 * Math.log10(power + 1e-9) + 60) / 60));
      },
      close: () => context.close(),
    };
  } catch { return { level: () => 0.5, close() {} }; }
}
