import type { CameraRig } from './cameraRig.ts';

/** Lets a pointer turn the orbit camera and the wheel move orbit and top camera in and out. Returns what undoes it. */
export function attachCameraDrag(canvas: HTMLCanvasElement, rig: CameraRig): () => void {
  let pointer: number | null = null;
  const down = (event: PointerEvent) => {
    if (rig.mode !== 'orbit') return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
  };
  const move = (event: PointerEvent) => {
    if (event.pointerId !== pointer) return;
    rig.orbitTurn -= event.movementX * 0.006;
    rig.orbitElevation = Math.min(1.45, Math.max(0.04, rig.orbitElevation + event.movementY * 0.005));
  };
  const up = (event: PointerEvent) => {
    if (event.pointerId === pointer) pointer = null;
  };
  const wheel = (event: WheelEvent) => {
    if (rig.mode !== 'orbit' && rig.mode !== 'top') return;
    event.preventDefault();
    const factor = Math.exp(Math.max(-100, Math.min(100, event.deltaY)) * 0.0012);
    if (rig.mode === 'orbit') rig.orbitDistance = Math.min(120, Math.max(5, rig.orbitDistance * factor));
    else rig.topHeight = Math.min(320, Math.max(20, rig.topHeight * factor));
  };
  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('wheel', wheel, { passive: false });
  return () => {
    canvas.removeEventListener('pointerdown', down);
    canvas.removeEventListener('pointermove', move);
    canvas.removeEventListener('pointerup', up);
    canvas.removeEventListener('pointercancel', up);
    canvas.removeEventListener('wheel', wheel);
  };
}
