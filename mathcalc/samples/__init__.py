"""Derivatives of a function that is known only by samples, gridded or scattered, noisy or not.

A difference quotient of noisy samples multiplies the noise by the reciprocal of the distance. Here
one smooth function is fitted to all samples, as smooth as they suggest, and differentiated.
"""

from mathcalc.samples.field import SampledField

__all__ = ["SampledField"]
