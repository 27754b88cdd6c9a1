"""Writes elementary.csv: arguments and results of elementary functions, to about 106 bits.

    python3 make_elementary.py [points a range] [seed] > elementary.csv

A line holds the function, one or two arguments, the result rounded to nearest, and the rest of it rounded again; numbers
are the bit patterns of doubles in hexadecimal. Needs mpmath.
"""
import math
import random
import struct
import sys
from fractions import Fraction

from mpmath import mp, mpf

mp.prec = 300
POINTS = int(sys.argv[1]) if len(sys.argv) > 1 else 24
RANDOM = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)

LARGEST, TINIEST, SMALLEST_NORMAL = 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308


def pattern(x):
    return "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]


def rounded(value):
    """The double nearest to a high-precision number, denormals included."""
    if mp.isinf(value):
        return math.inf if value > 0 else -math.inf
    if value == 0:
        return 0.0
    sign, mantissa, exponent, bits = mpf(value)._mpf_
    if exponent + bits < -2000:
        return -0.0 if sign else 0.0
    if exponent + bits > 1100:
        return -math.inf if sign else math.inf
    exact = Fraction(int(mantissa)) * (Fraction(2) ** int(exponent))
    try:
        return float(-exact if sign else exact)
    except OverflowError:
        return -math.inf if sign else math.inf


def uniform(low, high):
    return [RANDOM.uniform(low, high) for _ in range(POINTS)]


def spread(low, high, signs=(1, -1)):
    """Sizes spread evenly in the exponent."""
    low, high = math.log2(low), math.log2(high)
    return [RANDOM.choice(signs) * min(2.0 ** RANDOM.uniform(max(low, -1074), high), LARGEST) * RANDOM.uniform(0.75, 1)
            for _ in range(POINTS)]


def around(*centres):
    """Doubles at 0, 1, 2, … places and at powers of two from a centre."""
    found = []
    for c in centres:
        x = y = c
        for _ in range(3):
            found += [x, y]
            x, y = math.nextafter(x, math.inf), math.nextafter(y, -math.inf)
        for _ in range(max(1, POINTS // 4)):
            found.append(c + RANDOM.choice((1, -1)) * 2.0 ** RANDOM.uniform(-50, -3) * max(abs(c), 1e-3))
    return found


def quarter_turns():
    """Doubles next to multiples of π/2, small and huge, and the hardest one known."""
    found = [6381956970095103.0 * 2.0**797]
    for _ in range(2 * POINTS):
        n = RANDOM.randrange(1, 2 ** RANDOM.randrange(1, 60))
        x = rounded(n * mp.pi / 2)
        found += [x, RANDOM.choice((math.nextafter(x, 0), math.nextafter(x, math.inf), -x))]
    return found


TINY = lambda: spread(TINIEST, SMALLEST_NORMAL) + spread(SMALLEST_NORMAL, 1e-10) + [TINIEST, SMALLEST_NORMAL, 1e-9, 1e-5]
POSITIVE = lambda: [abs(x) for x in TINY()] + spread(1e-10, LARGEST, (1,)) + uniform(0.4, 2.5) + uniform(0, 10) + around(1.0)
ANGLES = lambda: (TINY() + uniform(-1, 1) + uniform(-10, 10) + uniform(-1000, 1000) + spread(1e-10, 1e6)
                  + spread(1e6, 2.0**31) + spread(2.0**31, LARGEST) + around(2.0**30) + quarter_turns())
FULL = lambda: TINY() + uniform(-1, 1) + uniform(-8, 8) + uniform(-50, 50) + uniform(-800, 800) + spread(1e-10, 1e3)
UNIT = lambda: (TINY() + uniform(-1, 1) + uniform(-0.6, 0.6) + spread(1e-10, 1.0)
                + [x for x in around(1.0, -1.0, 0.5, -0.5) if abs(x) <= 1])


def erf_points():
    return TINY() + uniform(-1, 1) + uniform(-2, 2) + uniform(-7, 7) + spread(1e-10, 1) + around(1.0, -1.0)


ln2 = mp.log(2)
FUNCTIONS = {
    "exp": (mp.exp, lambda: FULL() + uniform(-746, -700) + uniform(700, 709.7)),
    "exp2": (lambda x: mpf(2) ** x, lambda: FULL() + uniform(-1075, -1010) + uniform(1000, 1023.9) + [3.0, -5.0, -1074.0]),
    "expm1": (mp.expm1, lambda: FULL() + uniform(-2, 2) + uniform(700, 709.7)),
    "log": (mp.log, POSITIVE),
    "log2": (lambda x: mp.log(x) / ln2, lambda: POSITIVE() + [2.0**k for k in (-1074, -1022, -3, 1, 10, 1023)]),
    "log10": (mp.log10, lambda: POSITIVE() + [10.0**k for k in (1, 2, 3, 10, 22)]),
    "log1p": (lambda x: mp.log1p(x), lambda: TINY() + uniform(-1, 1) + uniform(-0.5, 0.5) + uniform(0, 20)
              + spread(1e-10, 1) [: POINTS] + spread(1, LARGEST, (1,)) + around(-0.2928932188134524, 0.41421356237309503)
              + [math.nextafter(-1, 0)]),
    "sin": (mp.sin, ANGLES),
    "cos": (mp.cos, ANGLES),
    "tan": (mp.tan, ANGLES),
    "asin": (mp.asin, UNIT),
    "acos": (mp.acos, UNIT),
    "atan": (mp.atan, lambda: TINY() + uniform(-1, 1) + uniform(-4, 4) + spread(1e-10, LARGEST)
             + around(0.41421356237309503, 2.414213562373095)),
    "sinh": (mp.sinh, lambda: FULL() + uniform(-2, 2) + uniform(690, 710.4)),
    "cosh": (mp.cosh, lambda: FULL() + uniform(690, 710.4)),
    "tanh": (mp.tanh, lambda: FULL() + uniform(-2, 2) + uniform(-0.6, 0.6) + uniform(-23, 23)),
    "asinh": (mp.asinh, lambda: TINY() + uniform(-2, 2) + uniform(-10, 10) + spread(1e-10, LARGEST) + around(2.0**28)),
    "acosh": (mp.acosh, lambda: uniform(1, 2) + uniform(1, 10) + spread(4, LARGEST, (1,)) + around(2.0**28)
              + [x for x in around(1.0) if x >= 1]),
    "atanh": (mp.atanh, lambda: [x for x in UNIT() if abs(x) < 1]),
    "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), lambda: FULL() + uniform(-746, -700)),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), lambda: FULL() + uniform(-746, -700)),
    "sqrt": (mp.sqrt, POSITIVE),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), lambda: TINY() + spread(1e-10, LARGEST) + uniform(-10, 10) + [8.0, -27.0]),
    "erf": (mp.erf, erf_points),
}


def powers():
    pairs = []
    for _ in range(POINTS * 4):
        pairs.append((RANDOM.uniform(0, 10), RANDOM.uniform(-20, 20)))
        pairs.append((abs(spread(1e-300, 1e300)[0]), RANDOM.uniform(-2, 2)))
        x = RANDOM.uniform(0.5, 2)
        pairs.append((x, RANDOM.uniform(-1000, 1000)))
        near = 1 + RANDOM.choice((1, -1)) * 2.0 ** RANDOM.uniform(-45, -3)
        pairs.append((near, RANDOM.uniform(-740, 709) / math.log(near)))
        pairs.append((-RANDOM.uniform(0, 5), float(RANDOM.randrange(-40, 40))))
        pairs.append((abs(spread(TINIEST, SMALLEST_NORMAL)[0]) or TINIEST, RANDOM.uniform(-0.9, 0.9)))
        pairs.append((RANDOM.uniform(0, 1e3), RANDOM.choice((0.5, 2.0, 3.0, -1.0, -0.5, 1.5))))
    return pairs


def points_of_plane():
    pairs = []
    for _ in range(POINTS * 3):
        pairs.append((RANDOM.uniform(-3, 3), RANDOM.uniform(-3, 3)))
        pairs.append((spread(1e-300, 1e300)[0], spread(1e-300, 1e300)[0]))
        size = spread(TINIEST, LARGEST)[0]
        pairs.append((size * RANDOM.uniform(-1, 1), size * RANDOM.uniform(-1, 1)))
    return [p for p in pairs if p != (0.0, 0.0)]


PAIRS = {
    "pow": (lambda x, y: mp.power(x, y) if x > 0 else (-1) ** int(y) * mp.power(-x, y), powers),
    "atan2": (mp.atan2, points_of_plane),
}


def emit(name, arguments, value):
    high = rounded(value)
    low = 0.0 if math.isinf(high) else rounded(value - mpf(high))
    print(",".join([name, *map(pattern, arguments), pattern(high), pattern(low)]))


if __name__ == "__main__":
    for name, (function, points) in FUNCTIONS.items():
        for x in points():
            mp.prec = 1400 if name in ("sin", "cos", "tan") else 300
            emit(name, [x], mpf(x) if x == 0 and name != "cos" else mpf(function(mpf(x))))
    for name, (function, points) in PAIRS.items():
        for x, y in points():
            if x == 0 and name == "pow":
                continue
            emit(name, [x, y], mpf(function(mpf(x), mpf(y))))
    # Where tanh is least exact: results a little above a half that begin at a smaller entry of its table.
    for x in uniform(0.5, 0.7) + uniform(-0.7, -0.5) + uniform(0.55, 0.6) + uniform(0.58, 0.59):
        emit("tanh", [x], mp.tanh(mpf(x)))
