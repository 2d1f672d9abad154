"""Linear mixed models of pre and post that keep participants with one of the two. Pure.

statsmodels' MixedLM gives no degrees of freedom (its issue 2620) and normal p-values, which are
too small at n = 30; so the restricted likelihood of this design is maximised here, by its score,
and small samples are met by Kenward and Roger's method.
"""
