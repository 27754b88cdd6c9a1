"""Computes the polynomials of Sources/Lanes by Remez's exchange in high precision.

    python3 make_polynomials.py [name ...]

Each is the minimax polynomial of a function under a weight (an error times the weight is made as small as possible). The
coefficients are rounded to doubles one after another from the lowest, and the rest are fitted again around those that are
already rounded (not where the interval holds zero: there the powers that are left all vanish). Printed lowest power first, with the largest weighted error. Needs mpmath.
"""
import struct
import sys

from mpmath import mp, mpf, chop

mp.prec = 240


def solve(function, weight, low, high, fixed, degree):
    """The minimax polynomial whose first coefficients are `fixed`, and its largest weighted error."""
    start, count = len(fixed), degree + 1 - len(fixed)
    rest = lambda x: function(x) - sum(c * x**i for i, c in enumerate(fixed))
    middle, half = (low + high) / 2, (high - low) / 2
    points = [middle - half * mp.cos(mp.pi * (i + mpf(1) / 2) / (count + 1)) for i in range(count + 1)]
    samples = [middle - half * mp.cos(mp.pi * (i + mpf(1) / 2) / 600) for i in range(600)]
    targets = [(x, rest(x), weight(x), [x ** (start + i) for i in range(count)]) for x in samples]
    for _ in range(14):
        matrix, right = mp.matrix(count + 1, count + 1), mp.matrix(count + 1, 1)
        for row, x in enumerate(points):
            for i in range(count):
                matrix[row, i] = x ** (start + i)
            matrix[row, count] = (-1) ** row / weight(x)
            right[row] = rest(x)
        found = mp.lu_solve(matrix, right)
        errors = [(w * (t - sum(found[i] * p[i] for i in range(count))), x) for x, t, w, p in targets]
        groups, last = [], 0
        for e, x in errors:
            sign = 1 if e > 0 else -1
            if sign != last:
                groups.append((abs(e), x))
                last = sign
            elif abs(e) > groups[-1][0]:
                groups[-1] = (abs(e), x)
        while len(groups) > count + 1:
            groups.pop(0 if groups[0][0] < groups[-1][0] else -1)
        largest = max(abs(e) for e, _ in errors)
        if len(groups) < count + 1:
            break
        points = [x for _, x in groups]
        if largest < abs(found[count]) * mpf("1.001"):
            break
    return [found[i] for i in range(count)], largest


def fit(function, weight, low, high, degree, doubles=None):
    """The polynomial with coefficients rounded to doubles; the first `doubles` are kept in two doubles."""
    fixed, shown = [], []
    joint = solve(function, weight, low, high, [], degree)[0] if low < 0 else None
    for index in range(degree + 1):
        rest = [joint[index]] if joint else solve(function, weight, low, high, fixed, degree)[0]
        head = mpf(float(rest[0]))
        if doubles and index < doubles:
            tail = mpf(float(rest[0] - head))
            fixed.append(head + tail)
            shown.append((head, tail))
        else:
            fixed.append(head)
            shown.append((head,))
    samples = [low + (high - low) * mpf(i) / 2000 for i in range(2001)]
    error = max(abs(weight(x) * (function(x) - sum(c * x**i for i, c in enumerate(fixed)))) for x in samples)
    return shown, error


def series(term, first):
    """Sum of term(k, z) from k = first, for functions that would cancel near zero."""
    def value(z):
        total, k = mpf(0), first
        while True:
            t = term(k, z)
            total += t
            if abs(t) < mpf(2) ** -230:
                return total
            k += 1
    return value


TINY = mpf(2) ** -60
POLYNOMIALS = {
    # (e^r − 1 − r) / r² on |r| ≤ ln2/2.
    "exp": (series(lambda k, r: r ** (k - 2) / mp.factorial(k), 2), lambda r: mpf(1),
            -mpf("0.3467"), mpf("0.3467"), 9),
    # (tanh s − s)/s³ in z = s², |s| ≤ ¾·ln2/8.
    "tanh": (lambda z: (mp.tanh(mp.sqrt(z)) / mp.sqrt(z) - 1) / z if z > mpf(2) ** -60 else -mpf(1) / 3 + 2 * z / 15,
             lambda z: z + TINY, mpf(0), mpf("0.0042230"), 4),
    # (atanh(s)·2/s − 2)/z, z = s², |s| ≤ (√2 − 1)/(√2 + 1).
    "log": (series(lambda k, z: 2 * z ** (k - 1) / (2 * k + 1), 1), lambda z: z + TINY,
            mpf(0), mpf("0.02946"), 6),
    # (atanh(s)/s − 1)/z with its first coefficient in two doubles, for pow.
    "atanh": (series(lambda k, z: z ** (k - 1) / (2 * k + 1), 1), lambda z: z + TINY,
              mpf(0), mpf("0.02946"), 9, 1),
    # (sin r − r)/r³ and (cos r − 1 + r²/2)/r⁴ in z = r², r ≤ π/4.
    "sin": (series(lambda k, z: (-1) ** k * z ** (k - 1) / mp.factorial(2 * k + 1), 1), lambda z: z + TINY,
            mpf(0), mpf("0.6170"), 5),
    "cos": (series(lambda k, z: (-1) ** k * z ** (k - 2) / mp.factorial(2 * k), 2), lambda z: z * z + TINY,
            mpf(0), mpf("0.6170"), 5),
    # (sin r − r)/r³ and (cos r − 1)/r² in z = r², r ≤ π/32, for the slope of x sin(x² + 1).
    "slope-sin": (series(lambda k, z: (-1) ** k * z ** (k - 1) / mp.factorial(2 * k + 1), 1), lambda z: z + TINY,
                  mpf(0), mpf("0.00965"), 3),
    "slope-cos": (series(lambda k, z: (-1) ** k * z ** (k - 1) / mp.factorial(2 * k), 1), lambda z: z + TINY,
                  mpf(0), mpf("0.00965"), 3),
    # (atan t − t)/t³ in z = t², t ≤ tan(π/8).
    "atan": (series(lambda k, z: (-1) ** k * z ** (k - 1) / (2 * k + 1), 1), lambda z: z + TINY,
             mpf(0), mpf("0.1717"), 11),
    # (asin t − t)/t³ in z = t², t ≤ 1/2.
    "asin": (lambda z: (mp.asin(mp.sqrt(z)) / mp.sqrt(z) - 1) / z if z > mpf(2) ** -40
             else mpf(1) / 6 + z * 3 / 40 + z * z * 15 / 336 + z**3 * 35 / 1152, lambda z: z + TINY,
             mpf(0), mpf("0.25"), 12),
    # erf(x)/x − 1 in z = x², x ≤ 1.
    "erf": (series(lambda k, z: 2 / mp.sqrt(mp.pi) * (-1) ** k * z**k / (mp.factorial(k) * (2 * k + 1)) - (k == 0), 0),
            lambda z: mpf(1), mpf(0), mpf("1.0001"), 14),
    # e^(x²)·erfc(x) in t = (x − 2)/(x + 2), 1 ≤ x ≤ 6; the error is weighted by what it adds to erf.
    "erfc": (lambda t: mp.exp((2 * (1 + t) / (1 - t)) ** 2) * mp.erfc(2 * (1 + t) / (1 - t)),
             lambda t: mp.exp(-((2 * (1 + t) / (1 - t)) ** 2)), -mpf("0.33334"), mpf("0.5001"), 16),
    # 1/∛m on 1 ≤ m < 2, a start for Newton's iteration.
    "cbrt": (lambda m: m ** (-mpf(1) / 3), lambda m: m ** (mpf(1) / 3), mpf(1), mpf(2), 5),
}


def tanh_tables():
    """The tables of tanh by rows: the power, the knot, the slope and the rest; those of k = 7 are not for this k alone."""
    step = mpf(float(mp.log(2) / 8))
    for k in range(8):
        power = struct.unpack("<q", struct.pack("<d", float(mpf(2) ** (mpf(k % 4) / 4))))[0] - (k % 4 << 50)
        w, t = mp.exp(2 * k * step), mp.tanh(k * step)
        row = (t, 4 * w / (w + 1), (t - mpf(float(t))) * (w + 1)) if k < 7 else (1, 2, -2)
        print("   ", ", ".join(float(v).hex() for v in struct.unpack("<d", struct.pack("<q", power)) + row))


if __name__ == "__main__":
    for name in sys.argv[1:] or POLYNOMIALS:
        coefficients, error = fit(*POLYNOMIALS[name])
        print(f"{name}: largest weighted error {mp.nstr(error, 3)} = 2^{mp.nstr(mp.log(error, 2), 4)}")
        for parts in coefficients:
            print("   ", ", ".join(float(p).hex() for p in parts))
        if name == "tanh":
            tanh_tables()
