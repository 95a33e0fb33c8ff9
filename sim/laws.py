"""Stand-in."""
from __future__ import annotations
from dataclasses import dataclass
from typing import Any
import math
from sim.portable import exp, log, normal_quantile
@dataclass(frozen=True)
class Law:
    kind: str
    params: tuple
    mean: float
    sampler: Any
    def quantile(self, u): return self.sampler(u)
def deterministic(value): return Law("det",(value,),value,lambda u: value)
def exponential(mean): return Law("exp",(mean,),mean,lambda u: -mean*log(1.0-u))
def lognormal(mean=None, cv=None, median=None, p90=None):
    if p90 is not None: s=math.log(p90/median)/1.2815515655446004
    else: s=math.sqrt(math.log(1+cv*cv))
    mu = math.log(median) if median is not None else math.log(mean)-s*s/2
    return Law("logn",(mu,s),math.exp(mu+s*s/2),lambda u: exp(mu+s*normal_quantile(u)))
def gamma(mean,cv):
    from scipy.special import gammaincinv
    k=1/cv**2
    return Law("gamma",(mean,cv),mean,lambda u: float(gammaincinv(k,u))*mean/k)
def mixture(components):
    W=sum(w for w,_ in components); cum=[]; a=0
    for w,_ in components: a+=w/W; cum.append(a)
    def q(u):
        lo=0
        for c,(w,l) in zip(cum,components):
            if u<c or c is cum[-1]: return l.quantile(min(max((u-lo)/(c-lo),1e-16),1-1e-16))
            lo=c
    return Law("mix",(tuple(components),),sum(w/W*l.mean for w,l in components),q)
LAWS={"deterministic":deterministic,"exponential":exponential,"lognormal":lognormal,"gamma":gamma,"mixture":mixture}
def scaled(law,f): return Law(law.kind,law.params,law.mean*f,lambda u: law.quantile(u)*f)
