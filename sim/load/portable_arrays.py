"""Twins of functions of `sim.portable` for arrays: the same operations in the same order, and so the same bits.

The arithmetic of numpy's arrays is IEEE double arithmetic as well; its own logarithms and exponentials are not used.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import portable as p

Numbers = NDArray[np.float64]

# Wichura's coefficients as in `sim.portable.normal_quantile`, the highest power first: numerator and denominator in the
# middle, in the tails, and far out in them.
_MIDDLE = (
    (
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    ),
)
_TAIL = (
    (
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1.0,
    ),
)
_FAR = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0,
    ),
    (
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0,
    ),
)


def log_array(x: Numbers) -> Numbers:
    """Natural logarithm of numbers above 0, all finite: `sim.portable.log`."""
    m, k = np.frexp(x)
    low = m < p.SQRT_HALF
    m, k = np.where(low, m + m, m), np.where(low, k - 1, k)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    r = z * (p.LOG_1 + w * (p.LOG_3 + w * (p.LOG_5 + w * p.LOG_7))) + w * (p.LOG_2 + w * (p.LOG_4 + w * p.LOG_6))
    half = 0.5 * f * f
    return k * p.LN2_HIGH - ((half - (s * (half + r) + k * p.LN2_LOW)) - f)


def exp_array(x: Numbers) -> Numbers:
    """Exponential function of finite numbers: `sim.portable.exp`."""
    inside = np.clip(x, p.EXP_UNDERFLOW, p.EXP_OVERFLOW)
    k = np.trunc(p.INVERSE_LN2 * inside + np.where(inside >= 0.0, 0.5, -0.5))
    high = inside - k * p.LN2_HIGH
    low = k * p.LN2_LOW
    r = high - low
    t = r * r
    c = r - t * (p.EXP_1 + t * (p.EXP_2 + t * (p.EXP_3 + t * (p.EXP_4 + t * p.EXP_5))))
    found = np.ldexp(1.0 - ((low - (r * c) / (2.0 - c)) - high), k.astype(np.int64))
    return np.where(x > p.EXP_OVERFLOW, np.inf, np.where(x < p.EXP_UNDERFLOW, 0.0, found))


def normal_quantile_array(u: Numbers) -> Numbers:
    """Quantile of the standard normal law at numbers in (0, 1): `sim.portable.normal_quantile`."""
    q = u - 0.5
    found = np.empty(len(u))
    middle = (q >= -0.425) & (q <= 0.425)
    r = 0.180625 - q[middle] * q[middle]
    found[middle] = q[middle] * _polynomial(_MIDDLE[0], r) / _polynomial(_MIDDLE[1], r)
    outside = ~middle
    r = np.sqrt(-log_array(np.where(q < 0.0, u, 1.0 - u)[outside]))
    near, far = r - 1.6, r - 5.0
    x = np.where(
        r <= 5.0,
        _polynomial(_TAIL[0], near) / _polynomial(_TAIL[1], near),
        _polynomial(_FAR[0], far) / _polynomial(_FAR[1], far),
    )
    found[outside] = np.where(q[outside] < 0.0, -x, x)
    return found


def _polynomial(coefficients: tuple[float, ...], x: Numbers) -> Numbers:
    """Give a polynomial by Horner's rule, the highest power first."""
    found = np.full(len(x), coefficients[0])
    for coefficient in coefficients[1:]:
        found = found * x + coefficient
    return found
