/** The field of 256 elements over which a QR code's error correction is computed (ISO/IEC 18004, annex A). */
const REDUCING = 0x11d;

const power = new Uint8Array(255);
const logarithm = new Uint8Array(256);
let element = 1;
for (let exponent = 0; exponent < 255; exponent += 1) {
  power[exponent] = element;
  logarithm[element] = exponent;
  element <<= 1;
  if (element > 255) element ^= REDUCING;
}

const at = (values: Uint8Array, index: number): number => values[index] ?? 0;

const multiply = (one: number, other: number): number =>
  one === 0 || other === 0 ? 0 : at(power, (at(logarithm, one) + at(logarithm, other)) % 255);

/** The polynomial whose roots are the first `count` powers, without its leading one. */
function generator(count: number): Uint8Array {
  const factors = new Uint8Array(count);
  factors[count - 1] = 1;
  for (let root = 0; root < count; root += 1) {
    for (let index = 0; index < count; index += 1) {
      factors[index] = multiply(at(factors, index), at(power, root)) ^ at(factors, index + 1);
    }
  }
  return factors;
}

/** The Reed–Solomon codewords by which `data` can be read though some of it can't be seen. */
export function errorCorrection(data: Uint8Array, count: number): Uint8Array {
  const factors = generator(count);
  const rest = new Uint8Array(count);
  for (const byte of data) {
    const lead = byte ^ at(rest, 0);
    rest.copyWithin(0, 1);
    rest[count - 1] = 0;
    factors.forEach((factor, index) => {
      rest[index] = at(rest, index) ^ multiply(factor, lead);
    });
  }
  return rest;
}
