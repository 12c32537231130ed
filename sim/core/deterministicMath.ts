/*
 * Elementary functions built from + - * / and sqrt only. IEEE 754 fixes those to the bit, whereas ECMAScript leaves
 * Math.sin and its like to the engine: a world that used them would drift apart between browsers.
 * All are Taylor series after range reduction, with truncation errors below 2^-53 of the result's scale.
 */

const HALF_PI = Math.PI / 2;
const TWO_OVER_PI = 2 / Math.PI;
/** π/2 as the sum of a short double and its remainder (Cody & Waite), so that k * HIGH is exact for |k| < 2^20. */
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;

function sineSeries(x: number): number {
  const z = x * x;
  return (
    x *
    (1 +
      z *
        (-1 / 6 +
          z *
            (1 / 120 +
              z *
                (-1 / 5040 +
                  z * (1 / 362880 + z * (-1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000))))))))
  );
}

function cosineSeries(x: number): number {
  const z = x * x;
  return (
    1 +
    z *
      (-1 / 2 +
        z *
          (1 / 24 +
            z *
              (-1 / 720 +
                z *
                  (1 / 40320 +
                    z * (-1 / 3628800 + z * (1 / 479001600 + z * (-1 / 87178291200 + z / 20922789888000)))))))
  );
}

/** Sine of x [rad]; absolute error below 3e-16 for |x| < 1e5. */
export function sin(x: number): number {
  const k = Math.round(x * TWO_OVER_PI);
  const r = x - k * HALF_PI_HIGH - k * HALF_PI_LOW;
  switch (((k % 4) + 4) % 4) {
    case 0:
      return sineSeries(r);
    case 1:
      return cosineSeries(r);
    case 2:
      return -sineSeries(r);
    default:
      return -cosineSeries(r);
  }
}

/** Cosine of x [rad]; absolute error below 3e-16 for |x| < 1e5. */
export function cos(x: number): number {
  const k = Math.round(x * TWO_OVER_PI);
  const r = x - k * HALF_PI_HIGH - k * HALF_PI_LOW;
  switch (((k % 4) + 4) % 4) {
    case 0:
      return cosineSeries(r);
    case 1:
      return -sineSeries(r);
    case 2:
      return -cosineSeries(r);
    default:
      return sineSeries(r);
  }
}

/** Tangent of x [rad]. */
export function tan(x: number): number {
  return sin(x) / cos(x);
}

/** Arc tangent for 0 <= x <= 1: two half-angle steps bring the argument under tan(π/16). */
function arcTangentUnit(x: number): number {
  const half = x / (1 + Math.sqrt(1 + x * x));
  const quarter = half / (1 + Math.sqrt(1 + half * half));
  const z = quarter * quarter;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = 1 / n - z * sum;
  return 4 * quarter * sum;
}

/** Angle of the vector (x, y) in (-π, π] [rad]; 0 for the null vector. */
export function atan2(y: number, x: number): number {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  if (ax === 0 && ay === 0) return 0;
  let angle = ay <= ax ? arcTangentUnit(ay / ax) : HALF_PI - arcTangentUnit(ax / ay);
  if (x < 0) angle = Math.PI - angle;
  return y < 0 ? -angle : angle;
}

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** 2^k for k in [-1022, 1023], exact. */
const POWERS_OF_TWO = (() => {
  const table = new Float64Array(2046);
  table[1022] = 1;
  for (let k = 1; k <= 1023; k++) table[1022 + k] = table[1022 + k - 1]! * 2;
  for (let k = 1; k <= 1022; k++) table[1022 - k] = table[1022 - k + 1]! / 2;
  return table;
})();

/** e^x; relative error below 4e-16. Underflows to 0 below -708, overflows to Infinity above 709. */
export function exp(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Number.POSITIVE_INFINITY;
  const k = Math.round(x * Math.LOG2E);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + (r / n) * sum;
  return sum * POWERS_OF_TWO[k + 1022]!;
}

const BITS = new DataView(new ArrayBuffer(8));

/** Natural logarithm; relative error below 4e-16 for normal x. -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x < 2.2250738585072014e-308) return log(x * 18014398509481984) - 54 * (LN2_HIGH + LN2_LOW);
  BITS.setFloat64(0, x);
  const high = BITS.getUint32(0);
  let exponent = ((high >>> 20) & 0x7ff) - 1023;
  BITS.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  let mantissa = BITS.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  // log m = 2 artanh((m - 1) / (m + 1)), with |argument| <= 0.172.
  const t = (mantissa - 1) / (mantissa + 1);
  const z = t * t;
  let sum = 0;
  for (let n = 21; n >= 1; n -= 2) sum = 1 / n + z * sum;
  return exponent * LN2_HIGH + (2 * t * sum + exponent * LN2_LOW);
}

/** x limited to [low, high]. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}
