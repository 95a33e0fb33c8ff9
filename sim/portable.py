"""Logarithm, exponential and normal law from + - * / and square root alone.

`math.log` is whatever the platform's C library does, numpy's differs from it in the last bit for some
arguments, and a compiler may bring a third. Everything here is IEEE double arithmetic in a fixed order, which
every conforming machine rounds the same way, so a compiled engine that translates these lines draws the same
numbers to the last bit. `math.frexp`, `math.ldexp` and `math.sqrt` are exact or correctly rounded by
definition. Whoever compiles these functions must leave fast-math and contraction to fused multiply-add off.

The functions are plain scalar functions without loops. Each polynomial is one expression on purpose: its
order of evaluation is part of the result.
"""

from math import frexp, ldexp, sqrt

LN2_HIGH = 6.93147180369123816490e-01  # the leading 33 bits of ln 2, so that k * LN2_HIGH is exact
LN2_LOW = 1.90821492927058770002e-10
INVERSE_LN2 = 1.44269504088896338700
SQRT_HALF = 0.70710678118654752440
ONE_OVER_SQRT_2PI = 0.39894228040143267794
EXP_OVERFLOW = 7.09782712893383973096e02
EXP_UNDERFLOW = -7.45133219101941108420e02
INFINITY = float("inf")
NAN = float("nan")

# The minimax polynomials of fdlibm, the Freely Distributable LIBM of Sun Microsystems (1993).
LOG_1, LOG_2, LOG_3, LOG_4, LOG_5, LOG_6, LOG_7 = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)
EXP_1, EXP_2, EXP_3, EXP_4, EXP_5 = (
    1.66666666666666019037e-01,
    -2.77777777770155933842e-03,
    6.61375632143793436117e-05,
    -1.65339022054652515390e-06,
    4.13813679705723846039e-08,
)


def log(x: float) -> float:
    """Natural logarithm; error below 1 unit in the last place.

    Parameters
    ----------
    x : float
        Any double. `-inf` is returned at 0 and `nan` below it.

    References
    ----------
    fdlibm 5.3, `e_log.c`: x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), log(1 + f) by s = f / (2 + f).
    """
    if not 0.0 < x < INFINITY:
        return x if x == INFINITY else (-INFINITY if x == 0.0 else NAN)
    m, k = frexp(x)
    if m < SQRT_HALF:
        m += m
        k -= 1
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    r = z * (LOG_1 + w * (LOG_3 + w * (LOG_5 + w * LOG_7))) + w * (LOG_2 + w * (LOG_4 + w * LOG_6))
    half = 0.5 * f * f
    return k * LN2_HIGH - ((half - (s * (half + r) + k * LN2_LOW)) - f)


def exp(x: float) -> float:
    """Exponential function; error below 1 unit in the last place.

    Parameters
    ----------
    x : float
        Any double. Beyond 709.78 the result is `inf`, below -745.13 it is 0.

    References
    ----------
    fdlibm 5.3, `e_exp.c`: x = k ln 2 + r with abs(r) <= ln(2) / 2, exp(r) by a rational function of r.
    """
    if not EXP_UNDERFLOW <= x <= EXP_OVERFLOW:
        return INFINITY if x > EXP_OVERFLOW else (0.0 if x < EXP_UNDERFLOW else NAN)
    k = int(INVERSE_LN2 * x + (0.5 if x >= 0.0 else -0.5))
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    t = r * r
    c = r - t * (EXP_1 + t * (EXP_2 + t * (EXP_3 + t * (EXP_4 + t * EXP_5))))
    return ldexp(1.0 - ((low - (r * c) / (2.0 - c)) - high), k)


def log1p(x: float) -> float:
    """log(1 + x), accurate near 0 as well; error below 3 units in the last place.

    Parameters
    ----------
    x : float
        Above -1; `-inf` is returned at -1 and `nan` below it.

    References
    ----------
    W. Kahan's correction for the rounding of 1 + x (HP-15C Advanced Functions Handbook, 1982).
    """
    u = 1.0 + x
    if u == 1.0:
        return x
    if u <= 0.0 or u == INFINITY:
        return log(u)
    return log(u) * (x / (u - 1.0))


def expm1(x: float) -> float:
    """exp(x) - 1, accurate near 0 as well; error below 4 units in the last place.

    Parameters
    ----------
    x : float
        Any double.

    References
    ----------
    W. Kahan's correction, the inverse of that in `log1p`.
    """
    u = exp(x)
    if u == 1.0:
        return x
    if u == INFINITY or u <= 1.1e-16:  # exp(x) - 1 rounds to itself, or to -1
        return u - 1.0
    return (u - 1.0) * (x / log(u))


def power(x: float, y: float) -> float:
    """X to the power y for x >= 0, as exp(y log x).

    The relative error grows with the exponent of the result: about abs(y log x) * 2e-16, below 2e-14 for
    results between 1e-30 and 1e30.

    Parameters
    ----------
    x : float
        Not negative, otherwise `nan`.
    y : float
        Any double.
    """
    if y == 0.0 or x == 1.0:
        return 1.0
    if x == 0.0:
        return 0.0 if y > 0.0 else INFINITY
    return exp(y * log(x))


def normal_quantile(p: float) -> float:
    """Quantile of the standard normal law; relative error about 1e-15.

    Parameters
    ----------
    p : float
        Probability in (0, 1); `-inf` is returned at 0, `inf` at 1, `nan` outside.

    References
    ----------
    M. J. Wichura (1988), Algorithm AS 241, PPND16, Applied Statistics 37(3), 477-484.
    """
    q = p - 0.5
    if -0.425 <= q <= 0.425:
        r = 0.180625 - q * q
        return (
            q
            * (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r
                + 6.7265770927008700853e4) * r + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r
                + 1.9715909503065514427e3) * r + 1.3314166789178437745e2) * r + 3.3871328727963666080e0)
            / (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r
                + 3.9307895800092710610e4) * r + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r
                + 6.8718700749205790830e2) * r + 4.2313330701600911252e1) * r + 1.0)
        )  # fmt: skip
    if not 0.0 < p < 1.0:
        return -INFINITY if p == 0.0 else (INFINITY if p == 1.0 else NAN)
    r = sqrt(-log(p if q < 0.0 else 1.0 - p))
    if r <= 5.0:
        r -= 1.6
        x = (
            (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
                + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0) * r
                + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
                + 4.63033784615654529590e0) * r + 1.42343711074968357734e0)
            / (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
                + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r
                + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
                + 2.05319162663775882187e0) * r + 1.0)
        )  # fmt: skip
    else:
        r -= 5.0
        x = (
            (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r
                + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
                + 5.46378491116411436990e0) * r + 6.65790464350110377720e0)
            / (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r
                + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r
                + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
                + 5.99832206555887937690e-1) * r + 1.0)
        )  # fmt: skip
    return -x if q < 0.0 else x


def normal_cdf(x: float) -> float:
    """Distribution function of the standard normal law.

    The relative error is below 2e-14 for x > -8 and below 1e-12 in the further lower tail.

    Parameters
    ----------
    x : float
        Any double.

    References
    ----------
    W. J. Cody (1969), Rational Chebyshev approximations for the error function, Mathematics of Computation
    23, 631-637, as arranged in his ANORM (SPECFUN).
    """
    y = abs(x)
    if y <= 0.67448975:
        s = x * x
        return 0.5 + x * (
            ((((6.5682337918207449113e-2 * s + 2.2352520354606839287e0) * s + 1.6102823106855587881e2) * s
                + 1.0676894854603709582e3) * s + 1.8154981253343561249e4)
            / ((((s + 4.7202581904688241870e1) * s + 9.7609855173777669322e2) * s
                + 1.0260932208618978205e4) * s + 4.5507789335026729956e4)
        )  # fmt: skip
    if y > 40.0:
        return 0.0 if x < 0.0 else 1.0
    if y <= 5.65685424949238:
        tail = (
            ((((((((1.0765576773720192317e-8 * y + 3.9894151208813466764e-1) * y
                + 8.8831497943883759412e0) * y + 9.3506656132177855979e1) * y + 5.9727027639480026226e2) * y
                + 2.4945375852903726711e3) * y + 6.8481904505362823326e3) * y + 1.1602651437647350124e4) * y
                + 9.8427148383839780218e3)
            / ((((((((y + 2.2266688044328115691e1) * y + 2.3538790178262499861e2) * y
                + 1.5193775994075548050e3) * y + 6.4855582982667607550e3) * y + 1.8615571640885098091e4) * y
                + 3.4900952721145977266e4) * y + 3.8912003286093271411e4) * y + 1.9685429676859990727e4)
        )  # fmt: skip
    else:
        s = 1.0 / (x * x)
        ratio = (
            (((((2.307344176494017303e-2 * s + 2.1589853405795699e-1) * s + 1.274011611602473639e-1) * s
                + 2.2235277870649807e-2) * s + 1.421619193227893466e-3) * s + 2.9112874951168792e-5)
            / (((((s + 1.28426009614491121e0) * s + 4.68238212480865118e-1) * s
                + 6.59881378689285515e-2) * s + 3.78239633202758244e-3) * s + 7.29751555083966205e-5)
        )  # fmt: skip
        tail = (ONE_OVER_SQRT_2PI - s * ratio) / y
    # exp(-y^2 / 2) in two factors, the first with an exact exponent: squaring y at once would lose digits.
    head = int(y * 16.0) / 16.0
    tail *= exp(-0.5 * head * head) * exp(-0.5 * (y - head) * (y + head))
    return tail if x < 0.0 else 1.0 - tail
