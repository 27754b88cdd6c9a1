"""Writes xsin.csv: slopes of x sin(x^2 + 1) at the angle u = x^2 + 1 rounded to a double, to about 106 bits.

    python3 make_xsin.py [points a range] > xsin.csv

A line holds x, the slope sin u + 2 (u - 1) cos u rounded to nearest, the rest of it rounded again, and its size
|sin u| + 2 (u - 1) |cos u| rounded; numbers are the bit patterns of doubles in hexadecimal. Needs mpmath.
"""
import math
import random
import struct
import sys

from mpmath import mp, mpf

mp.prec = 1400
POINTS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
RANDOM = random.Random(1)


def pattern(x):
    return "%016x" % struct.unpack("<Q", struct.pack("<d", x))[0]


def place(angle):
    """An x whose angle is near this one."""
    return RANDOM.choice((1, -1)) * math.sqrt(angle - 1)


def spread(low, high):
    """Sizes spread evenly in the exponent."""
    return 2 ** RANDOM.uniform(math.log2(low), math.log2(high))


def minimum(guess):
    """A place without a slope, by Newton's method."""
    x = guess
    for _ in range(50):
        s, c = math.sin(x * x + 1), math.cos(x * x + 1)
        x -= (s + 2 * x * x * c) / (6 * x * c - 4 * x**3 * s)
    return x


points = [0.0, -0.0, 1.0, 5e-324]
points += [RANDOM.uniform(-5, 5) for _ in range(POINTS)]
points += [RANDOM.choice((1, -1)) * spread(1e-30, 4096) for _ in range(POINTS)]
# Around the last angle that is not far, and far.
points += [place(2.0**24 + k * 2.0**-28) for k in range(-8, 9)]
points += [RANDOM.choice((1, -1)) * spread(4096, 1e150) for _ in range(POINTS)]
# Zeros of the cosine, halfway to the next angle of a table of sixteen, where most of a sum is lost, and further.
for _ in range(4 * POINTS):
    zero = (int(spread(1, 2**22)) + 0.5) * math.pi
    points.append(place(zero + RANDOM.choice((1, -1)) * math.pi / 32 * RANDOM.choice((0, 1, RANDOM.uniform(0.97, 1.03), RANDOM.uniform(0, 3)))))
points += [minimum(x) for x in (-4.7524, -4.41, -3.63, -2.63, -1.01, 1.01, 1.96, 3.17, 4.04, 4.75)]

for x in points:
    exact = mpf(x) ** 2 + 1
    u = mpf(float(exact))
    if u == mp.inf:
        continue
    s, c = mp.sin(u), mp.cos(u)
    slope, size = s + 2 * (u - 1) * c, abs(s) + 2 * (u - 1) * abs(c)
    high = float(slope)
    print(",".join(pattern(v) for v in (x, high, float(slope - mpf(high)), float(size))))
